#include "app/put_change.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/job_record.h"
#include "app/plan_jobs.h"
#include "app/reminder_jobs.h"
#include "app/reservations.h"
#include "app/seat_changes.h"

namespace app {

using base::Result;
using domain::Charter;

namespace {

// Everything that was held is let go of, and what is wanted taken: so a trip that moves is not in
// its own way.
Result<void> move_reservations(const ports::TenantStore& store, ports::Changes& changes,
                               const World& world, const domain::Tenant& tenant,
                               const Charter& before, const Charter& after) {
  Reservations reservations(store, world.now());
  TRY(reservations.let_go(before.vessel, busy_of(before)));
  for (const domain::Slot& slot : before.crew)
    TRY(reservations.let_go(slot.member, busy_of(before)));
  if (after.is_cancelled()) return reservations.add_to(changes);
  const domain::Vessel* vessel = tenant.vessel(after.vessel);
  if (!vessel) return base::internal("a charter on an unknown vessel");
  TRY(reservations.take(*vessel, busy_of(after), tenant.zone));
  const auto declined = declined_in(after, TRY(answers_of(store, after.id)));
  for (std::size_t i = 0; i < after.crew.size(); ++i) {
    const domain::Member* member = tenant.member(after.crew[i].member);
    // Who declined is free for other trips, and may have left the tenant's file.
    if (!member || declined.contains(after.crew[i].member)) continue;
    TRY(reservations.take(*member, busy_of(after), tenant.zone,
                          "crew[" + std::to_string(i) + "].member"));
  }
  return reservations.add_to(changes);
}

bool is_held_otherwise(const Charter& before, const Charter& after) {
  return before.starts.utc != after.starts.utc || before.ends.utc != after.ends.utc ||
         before.vessel != after.vessel || before.title != after.title ||
         before.is_cancelled() != after.is_cancelled() || before.crew != after.crew;
}

// Who waits for an answer has to hear of another trip, too.
Result<bool> concerns_call(const ports::TenantStore& store, const Charter& before,
                           const Charter& after) {
  if (!after.open.empty() || !before.open.empty()) return true;
  if (before.crew != after.crew) return !TRY(answers_of(store, after.id)).empty();
  return !TRY(asks_of(store, after.id)).empty();
}

// Who is not aboard any more because they had declined.
Result<void> keep_refusals(const ports::TenantStore& store, ports::Changes& changes,
                           const Charter& before, const Charter& after) {
  if (before.crew == after.crew) return {};
  const auto answers = TRY(answers_of(store, before.id));
  const auto declined = declined_in(before, answers);
  for (const domain::Slot& slot : before.crew) {
    const bool stays =
        std::ranges::find(after.crew, slot.member, &domain::Slot::member) != after.crew.end();
    if (!stays && declined.contains(slot.member))
      TRY(keep_refusal(store, changes, before, slot, answers.at(slot.member)));
  }
  return {};
}

}  // namespace

Result<Loaded<Charter>> load_meant(const ports::TenantStore& store, const Meant& meant) {
  auto loaded = TRY(load_charter(store, meant.charter));
  if (!loaded) return base::not_found("There is no such charter");
  const domain::Revision now = loaded->value.revision;
  if (meant.revision == 0 || meant.revision == now) return *std::move(loaded);
  return base::conflict("The charter is of revision " + std::to_string(now) + " now, not " +
                            std::to_string(meant.revision),
                        stale_revision);
}

Result<std::vector<domain::Job>> put_change(const ports::TenantStore& store,
                                            ports::Changes& changes, const World& world,
                                            const domain::Tenant& tenant,
                                            const Loaded<Charter>& before, const Charter& after) {
  TRY(put_moved(store, changes, before, after));
  if (is_held_otherwise(before.value, after))
    TRY(move_reservations(store, changes, world, tenant, before.value, after));
  TRY(keep_refusals(store, changes, before.value, after));
  const auto known = TRY(jobs_of(store, after.id));
  auto jobs = jobs_for_change(after, known, world.now());
  if (auto look = reminders_job(after, tenant.reminders, known, world.now()))
    jobs.push_back(*std::move(look));
  for (const domain::Job& job : jobs) plan(changes, job);
  if (TRY(concerns_call(store, before.value, after)))
    TRY(owe_look(store, changes, after, world.now()));
  if (changes.list().size() + 8 > ports::changes_per_commit_max)
    return base::invalid("crew", "too many people and months for one change; do it in steps");
  return jobs;
}

}  // namespace app
