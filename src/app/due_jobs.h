// due_jobs: what the ticker asks: which jobs are due, and when the next will be.
#pragma once

#include <vector>

#include "app/job_desk.h"

namespace app {

base::Result<std::vector<domain::JobId>> due_jobs(const JobDesk& desk, std::size_t limit_per_shard);
base::Result<std::optional<base::Instant>> next_due(const JobDesk& desk);

}  // namespace app
