// due_jobs: what the ticker asks: which jobs are due, and when the next will be; and at the start,
// what a process that died was at.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/job_desk.h"

namespace app {

base::Result<std::vector<domain::JobId>> due_jobs(const JobDesk& desk, std::size_t limit_per_shard);
// Makes due at once what is leased, and says how many that were: their runner is dead. Requires:
// this process alone runs jobs on this store, and has not begun to.
base::Result<std::size_t> free_leases(const JobDesk& desk, std::size_t limit_per_shard);
// What a record of the due index says, by its sort key; nullopt: it is none.
std::optional<ports::DueEntry> due_entry_from(const std::string& sort);
base::Result<std::optional<base::Instant>> next_due(const JobDesk& desk);

}  // namespace app
