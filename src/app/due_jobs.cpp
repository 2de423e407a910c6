#include "app/due_jobs.h"

namespace app {

base::Result<std::vector<domain::JobId>> due_jobs(const JobDesk& desk,
                                                  std::size_t limit_per_shard) {
  std::vector<domain::JobId> jobs;
  for (ports::DueEntry& entry : TRY(desk.installation.due(desk.world.now(), limit_per_shard)))
    jobs.push_back(std::move(entry.job));
  return jobs;
}

base::Result<std::optional<base::Instant>> next_due(const JobDesk& desk) {
  return desk.installation.next_due();
}

}  // namespace app
