#include "app/due_jobs.h"

#include "app/job_record.h"

namespace app {

base::Result<std::vector<domain::JobId>> due_jobs(const JobDesk& desk,
                                                  std::size_t limit_per_shard) {
  std::vector<domain::JobId> jobs;
  for (ports::DueEntry& entry : TRY(desk.installation.due(desk.world.now(), limit_per_shard)))
    jobs.push_back(std::move(entry.job));
  return jobs;
}

base::Result<std::size_t> free_leases(const JobDesk& desk, std::size_t limit_per_shard) {
  const base::Instant now = desk.world.now();
  std::size_t freed = 0;
  for (const ports::DueEntry& entry :
       TRY(desk.installation.due(now + domain::job_lease, limit_per_shard, now))) {
    const auto tenant = domain::tenant_of(entry.job);
    if (!tenant) continue;
    const auto store = desk.installation.operations(*tenant);
    const auto found = TRY(load_job(store, entry.job));
    if (!found || !found->value.leased || found->value.due_at <= now) continue;
    domain::Job free = found->value;
    free.leased = false;
    free.due_at = now;
    auto changes = store.changes();
    replan(changes, *found, free);
    TRY(store.commit(changes));
    ++freed;
  }
  return freed;
}

std::optional<ports::DueEntry> due_entry_from(const std::string& sort) {
  return ports::due_entry_from(sort);
}

base::Result<std::optional<base::Instant>> next_due(const JobDesk& desk) {
  return desk.installation.next_due();
}

}  // namespace app
