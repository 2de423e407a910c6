#include "app/answer_call.h"

#include <algorithm>

#include "domain/change.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/crew_record.h"
#include "app/decide.h"

namespace app {

using base::Result;

namespace {

Result<void> answer_once(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                         const AnswerSaid& said) {
  const domain::Answer answer = said.answer;
  const auto charter = TRY(load_charter(store, mate.charter));
  if (!charter) return base::not_found("There is no such charter");
  const auto place = answer_place(mate.charter, mate.member);
  const auto found = TRY(load<GivenAnswer>(store, place, answer_from));
  const Loaded<GivenAnswer> before = found.value_or(Loaded<GivenAnswer>{});
  TRY(domain::refuse_cancelled(charter->value));
  const auto& crew = charter->value.crew;
  const auto seat = std::ranges::find(crew, mate.member, &domain::Slot::member);
  if (seat == crew.end()) return base::not_found("There is no such charter");
  if (said.asked && *said.asked > charter->value.revision)
    return base::invalid("asked", "is no revision of this trip yet");
  if (said.asked && *said.asked < seat->asked)
    return base::conflict("The trip has changed since this page was opened; look, and answer again",
                          std::string(asked_anew));
  const std::string meant = meant_by(charter->value, *seat);
  const bool stands = before.version != ports::absent &&
                      (before.value.to >= seat->asked || before.value.meant == meant);
  if (stands && before.value.answer == answer) return {};
  const domain::DeedId deed = new_deed_id(world);
  auto changes = store.changes();
  changes.check(charter_place(mate.charter), charter->version);
  changes.put(place, before.version,
              encoded({answer, world.now(), charter->value.revision, meant, deed}));
  audit(changes, world,
        {"crew " + mate.member.text(),
         "answer_call",
         charter_partition(mate.charter),
         {{"answer", domain::name_of(answer)}},
         {{"answer", domain::name_of(before.value.answer)}},
         {{"answer", domain::name_of(answer)}},
         UndoPoint{deed, place.sort, encoded(before.value)}});
  return store.commit(changes);
}

}  // namespace

Result<void> answer_call(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                         const AnswerSaid& said) {
  return decide([&] { return answer_once(store, world, mate, said); });
}

}  // namespace app
