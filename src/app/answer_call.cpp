#include "app/answer_call.h"

#include <algorithm>

#include "domain/change.h"

#include "app/answer_ask.h"
#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/plan_seat_mails.h"
#include "app/say_refusal.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Answer;

namespace {

constexpr int looks_for_seat = 4;

struct Answering {
  const ports::TenantStore& store;
  const World& world;
  const CrewMate& mate;
  const Loaded<domain::Charter>& charter;
  const Loaded<GivenAnswer>& before;
  const std::string& meant;
};

// An answer of theirs that is still up, and one that is not any more, both free or take their time.
Answer standing_before(const Answering& one) {
  const auto& crew = one.charter.value.crew;
  const auto seat = std::ranges::find(crew, one.mate.member, &domain::Slot::member);
  return standing_answer(one.charter.value, *seat, {{one.mate.member, one.before.value}});
}

Result<void> commit_answer(const Answering& one, Answer answer) {
  const auto tenant = TRY(load_tenant(one.store));
  const domain::Charter& charter = one.charter.value;
  const auto seat = std::ranges::find(charter.crew, one.mate.member, &domain::Slot::member);
  const ports::Place place = answer_place(charter.id, one.mate.member);
  const domain::DeedId deed = new_deed_id(one.world);
  const Answer stood = standing_before(one);
  auto changes = one.store.changes();
  changes.check(charter_place(charter.id), one.charter.version);
  changes.put(place, one.before.version,
              encoded({answer, one.world.now(), charter.revision, one.meant, deed}));
  const Seat theirs{tenant.value, charter, *seat};
  if (const auto followed = follow_answer(one.store, changes, one.world, theirs, stood, answer);
      !followed)
    return say_refusal(one.store, theirs, one.world.now(), followed.error());
  audit(changes, one.world,
        {"crew " + one.mate.member.text(),
         "answer_call",
         charter_partition(charter.id),
         {{"answer", domain::name_of(answer)},
          {"member", one.mate.member.text()},
          {"role", seat->role.text()}},
         {{"answer", domain::name_of(one.before.value.answer)}},
         {{"answer", domain::name_of(answer)}},
         UndoPoint{deed, place.sort, encoded(one.before.value)}});
  plan_owner_mail(changes, charter, tenant.value, deed, one.world.now());
  // The seat is up for grabs, or is not any more.
  if ((stood == Answer::no) != (answer == Answer::no))
    TRY(owe_look(one.store, changes, charter, one.world.now()));
  return one.store.commit(changes);
}

Result<void> answer_once(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                         const AnswerSaid& said) {
  const domain::Answer answer = said.answer;
  const auto charter = TRY(load_charter(store, mate.charter));
  if (!charter) return base::not_found("There is no such charter");
  const auto found = TRY(answer_of(store, mate.charter, mate.member));
  const Loaded<GivenAnswer> before = found.value_or(Loaded<GivenAnswer>{});
  TRY(domain::refuse_cancelled(charter->value));
  const auto& crew = charter->value.crew;
  const auto seat = std::ranges::find(crew, mate.member, &domain::Slot::member);
  if (seat == crew.end()) return base::conflict("They are not aboard", seat_moved);
  if (said.asked && *said.asked > charter->value.revision)
    return base::invalid("asked", "is no revision of this trip yet");
  if (said.asked && *said.asked < seat->asked)
    return base::conflict("The trip has changed since this page was opened; look, and answer again",
                          std::string(asked_anew));
  const std::string meant = meant_by(charter->value, *seat);
  const bool stands = before.version != ports::absent &&
                      (before.value.to >= seat->asked || before.value.meant == meant);
  if (stands && before.value.answer == answer) return {};
  return commit_answer({store, world, mate, *charter, before, meant}, said.answer);
}

}  // namespace

Result<void> answer_call(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                         const AnswerSaid& said) {
  auto standing = mate.standing;
  // Another hand of theirs may have taken the seat since the guard looked, or lost it.
  for (int look = 0; look < looks_for_seat; ++look) {
    const bool is_asked = standing == CrewMate::Standing::asked;
    auto done = is_asked ? answer_ask(store, world, mate, said)
                         : decide([&] { return answer_once(store, world, mate, said); });
    if (done || done.error().code != seat_moved) return done;
    standing = is_asked ? CrewMate::Standing::aboard : CrewMate::Standing::asked;
  }
  return base::unavailable("Too many changes at once; try again");
}

}  // namespace app
