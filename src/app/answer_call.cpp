#include "app/answer_call.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/crew_record.h"
#include "app/decide.h"

namespace app {

using base::Result;

namespace {

Result<void> answer_once(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                         domain::Answer answer) {
  const auto charter = TRY(load_charter(store, mate.charter));
  if (!charter) return base::not_found("There is no such charter");
  const auto place = answer_place(mate.charter, mate.member);
  const auto found = TRY(load<GivenAnswer>(store, place, answer_from));
  const Loaded<GivenAnswer> before = found.value_or(Loaded<GivenAnswer>{});
  if (before.value.answer == answer) return {};
  const domain::DeedId deed = new_deed_id(world);
  auto changes = store.changes();
  changes.check(charter_place(mate.charter), charter->version);
  changes.put(place, before.version, encoded({answer, world.now(), deed}));
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
                         domain::Answer answer) {
  return decide([&] { return answer_once(store, world, mate, answer); });
}

}  // namespace app
