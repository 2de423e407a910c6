#include "app/answer_ask.h"

#include <algorithm>

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/pass_record.h"
#include "app/plan_jobs.h"
#include "app/plan_seat_mails.h"
#include "app/say_refusal.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Answer;
using domain::AskState;

namespace {

struct Answering {
  const ports::TenantStore& store;
  const World& world;
  const SeatSight& sight;
  const Loaded<KeptAsk>& before;
  const domain::Ask& ask() const { return before.value.ask; }
};

base::Error taken(const SeatSight& sight, const domain::Role& role) {
  return base::conflict(sight.is_filled(role)
                            ? "Thank you! Somebody else has taken this seat already"
                            : "Thank you! This seat is no longer open",
                        seat_taken);
}

Result<void> refuse_over(const domain::Charter& charter, base::Instant now) {
  if (charter.is_cancelled()) return base::conflict("This trip is cancelled", "charter-over");
  if (charter.starts.utc > now) return {};
  return base::conflict("This trip has begun; its seats are settled", "charter-over");
}

// One revision may ask the same person for another seat.
Result<void> refuse_other_seat(const Answering& one, const AnswerSaid& said) {
  if (said.role.empty() || said.role == one.ask().role) return {};
  return base::conflict("You are asked for another seat now; look, and answer again",
                        std::string(asked_anew));
}

Result<void> refuse_other_trip(const Answering& one, const AnswerSaid& said) {
  if (!said.asked) return {};
  if (*said.asked > one.sight.charter.value.revision)
    return base::invalid("asked", "is no revision of this trip yet");
  // Their page showed the trip as it is now, though nobody has asked them about that yet.
  const bool has_seen = *said.asked >= one.sight.charter.value.facts_revision;
  const bool was_asked = one.sight.is_current(one.ask()) && *said.asked >= one.ask().revision;
  if (has_seen || was_asked) return {};
  return base::conflict("The trip has changed since you were asked; look, and answer again",
                        std::string(asked_anew));
}

domain::Ask answered(const domain::Charter& charter, const domain::Ask& ask, Answer answer,
                     base::Instant now) {
  domain::Ask after = ask;
  after.revision = charter.revision;
  after.meant = meant_by(charter, {ask.member, ask.role});
  after.state = answer == Answer::yes ? AskState::yes : AskState::no;
  after.ended_at = now;
  return after;
}

// A yes that was not meant: whoever is next in the call is asked, and that may be they again.
KeptAsk undone(KeptAsk before, Answer answer) {
  if (answer == Answer::yes) before.ask.state = AskState::withdrawn;
  before.deed = {};
  return before;
}

Deed deed_of(const Answering& one, Answer answer, const domain::DeedId& id) {
  const domain::Ask& ask = one.ask();
  const ports::Place place = ask_place(one.sight.charter.value.id, ask.member);
  return {"crew " + ask.member.text(),
          "answer_ask",
          charter_partition(one.sight.charter.value.id),
          {{"answer", domain::name_of(answer)},
           {"role", ask.role.text()},
           {"member", ask.member.text()}},
          {{"answer", domain::name_of(ask.state)}},
          {{"answer", domain::name_of(answer)}},
          UndoPoint{id, place.sort, encoded(undone(one.before.value, answer))}};
}

Result<void> sit_down(const Answering& one, ports::Changes& changes) {
  const domain::Ask& ask = one.ask();
  if (one.sight.seats_of(ask.role) == 0) return taken(one.sight, ask.role);
  const auto seated = take_seat(one.store, changes, one.world, one.sight, ask);
  if (!seated) {
    const domain::Slot slot{ask.member, ask.role};
    return say_refusal(one.store, {one.sight.tenant.value, one.sight.charter.value, slot},
                       one.world.now(), seated.error());
  }
  const domain::Charter& charter = *seated;
  const auto called = TRY(one.store.get(called_place(charter.id, ask.member)));
  changes.put(called_place(charter.id, ask.member), called ? called->version : ports::absent,
              encoded_called(ask.pass));
  for (const domain::Job& job : jobs_for_crew_change(charter, one.world.now())) plan(changes, job);
  return {};
}

Result<void> answer_once(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                         const AnswerSaid& said) {
  const auto sight = TRY(seat_sight(store, mate.charter));
  const auto before = TRY(load_ask(store, mate.charter, mate.member));
  if (!sight || !before) return base::not_found("There is no such charter");
  const Answering one{store, world, *sight, *before};
  const domain::Charter& charter = sight->charter.value;
  if (std::ranges::find(charter.crew, mate.member, &domain::Slot::member) != charter.crew.end())
    return base::conflict("They are aboard", seat_moved);
  TRY(refuse_over(charter, world.now()));
  const domain::Ask after = answered(charter, before->value.ask, said.answer, world.now());
  const bool is_repeated = after.state == before->value.ask.state && said.answer == Answer::no &&
                           sight->is_current(before->value.ask);
  if (is_repeated) return {};
  TRY(refuse_other_seat(one, said));
  TRY(refuse_other_trip(one, said));
  const domain::DeedId deed = new_deed_id(world);
  auto changes = store.changes();
  if (said.answer == Answer::yes)
    TRY(sit_down(one, changes));
  else
    changes.check(charter_place(mate.charter), sight->charter.version);
  changes.check(tenant_place(), sight->tenant.version);
  changes.put(ask_place(mate.charter, mate.member), before->version,
              encoded(followed_by(before->value, after, deed)));
  audit(changes, world, deed_of(one, said.answer, deed));
  plan_owner_mail(changes, charter, sight->tenant.value, deed, world.now());
  TRY(owe_look(store, changes, charter, world.now()));
  return store.commit(changes);
}

}  // namespace

Result<void> answer_ask(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                        const AnswerSaid& said) {
  return decide([&] { return answer_once(store, world, mate, said); });
}

}  // namespace app
