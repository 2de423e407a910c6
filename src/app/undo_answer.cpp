#include "app/undo_answer.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/job_record.h"
#include "app/pass_record.h"
#include "app/plan_jobs.h"
#include "app/plan_seat_mails.h"
#include "app/seat_changes.h"

namespace app {

using base::Result;
using domain::Answer;

namespace {

Answer answer_in(const base::json::object& fields) {
  return domain::answer_from(text_at(fields, "answer")).value_or(Answer::none);
}

domain::MemberId member_of(const Deed& deed) {
  const std::string& record = deed.undo->record;
  return domain::MemberId(record.substr(record.find('/') + 1));
}

Result<void> leave_seat(const ports::TenantStore& store, ports::Changes& changes,
                        const World& world, const SeatSight& sight, const domain::Slot& slot) {
  const domain::Charter charter = TRY(reopen_seat(store, changes, world, sight, slot));
  const ports::Place answer = answer_place(charter.id, slot.member);
  if (const auto given = TRY(store.get(answer))) changes.remove(answer, given->version);
  // The pass stays: they are asked, and may answer again.
  const ports::Place called = called_place(charter.id, slot.member);
  if (const auto known = TRY(store.get(called))) changes.remove(called, known->version);
  for (const domain::Job& job : jobs_for_crew_change(charter, world.now())) plan(changes, job);
  const auto call = TRY(load_call(store, charter.id));
  owe_look(changes, charter, call, call.value, world.now(), world.now());
  // They may have been told that they are aboard: now they are asked once more.
  const auto kept = TRY(load_ask(store, charter.id, slot.member));
  if (!kept) return {};
  domain::Ask ask = kept->value.ask;
  ask.state = domain::AskState::waiting;
  plan_seat_mail(changes, charter, sight.tenant.value, ask, call.value.round + 1, world.now());
  return {};
}

}  // namespace

Result<void> follow_undone_answer(const ports::TenantStore& store, ports::Changes& changes,
                                  const World& world, const domain::CharterId& id,
                                  const Deed& deed) {
  const auto sight = TRY(seat_sight(store, id));
  if (!sight) return base::not_found("There is no such charter");
  const domain::Charter& charter = sight->charter.value;
  const domain::MemberId member = member_of(deed);
  const auto slot = std::ranges::find(charter.crew, member, &domain::Slot::member);
  const bool is_aboard = slot != charter.crew.end();
  if (deed.verb == answered_ask && answer_in(deed.after) == Answer::yes && is_aboard)
    return leave_seat(store, changes, world, *sight, *slot);
  changes.check(charter_place(id), sight->charter.version);
  const domain::Member* known = sight->tenant.value.member(member);
  const Answer was = answer_in(deed.before);
  const Answer is = answer_in(deed.after);
  if (deed.verb == answered_call && is_aboard && known)
    TRY(follow_answer(store, changes, world, charter, *known, is, was));
  const bool leaves_seat_alone =
      deed.verb == answered_call && (was == Answer::no) == (is == Answer::no);
  if (leaves_seat_alone) return {};
  return owe_look(store, changes, charter, world.now());
}

}  // namespace app
