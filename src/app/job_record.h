// Job records and the due index, always written together.
#pragma once

#include <vector>

#include "domain/job.h"

#include "app/record_json.h"

namespace app {

inline constexpr std::size_t jobs_per_charter_max = 1000;

base::Result<std::optional<Loaded<domain::Job>>> load_job(const ports::TenantStore& store,
                                                          const domain::JobId& job);
// Every job of a charter, oldest kind first by id.
base::Result<std::vector<domain::Job>> jobs_of(const ports::TenantStore& store,
                                               const domain::CharterId& charter);

// The state that a change puts a job into; nullopt: it is about something else. For counting.
std::optional<domain::JobState> job_state_in(const ports::Change& change);

// A new job, due at its due_at (cut to whole seconds).
void plan(ports::Changes& changes, domain::Job job);
// The same job, due at another time: a claim, a retry, a replay. Requires: the job as loaded in
// before.
void replan(ports::Changes& changes, const Loaded<domain::Job>& before, domain::Job after);
// The same job once more from the beginning, at once.
domain::Job replay(ports::Changes& changes, const Loaded<domain::Job>& before, base::Instant now);
// Nothing of the job stays.
void erase(ports::Changes& changes, const Loaded<domain::Job>& before);
// A job that is at its end already, for the record.
void note(ports::Changes& changes, const domain::Job& job);
// The job at its end: no longer due.
void finish(ports::Changes& changes, const Loaded<domain::Job>& before, const domain::Job& after);

}  // namespace app
