#include "app/undo_answer.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/job_record.h"
#include "app/plan_jobs.h"
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

// They hear that they are not aboard (app/call_crew.h), and are asked once more if it is their turn
// (app/fill_seats.h).
Result<void> leave_seat(const ports::TenantStore& store, ports::Changes& changes,
                        const World& world, const SeatSight& sight, const domain::Slot& slot) {
  const domain::Charter charter = TRY(reopen_seat(store, changes, world, sight, slot));
  for (const domain::Job& job : jobs_for_crew_change(charter, world.now())) plan(changes, job);
  return owe_look(store, changes, charter, world.now());
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
  if (deed.verb == answered_ask && answer_in(deed.after) == Answer::yes) {
    if (!is_aboard) return base::conflict("Changed since: they are not aboard", "changed-since");
    return leave_seat(store, changes, world, *sight, *slot);
  }
  changes.check(charter_place(id), sight->charter.version);
  const Answer was = answer_in(deed.before);
  const Answer is = answer_in(deed.after);
  if (deed.verb == answered_call && is_aboard)
    TRY(follow_answer(store, changes, world, {sight->tenant.value, charter, *slot}, is, was));
  const bool leaves_seat_alone =
      deed.verb == answered_call && (was == Answer::no) == (is == Answer::no);
  if (leaves_seat_alone) return {};
  return owe_look(store, changes, charter, world.now());
}

}  // namespace app
