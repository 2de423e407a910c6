// announce_call: tells the topic that a charter's crew has to be called. Who is called is decided
// by who listens (app/call_crew), so that the announcement carries no personal data. Where they
// hear of it later, it is looked for whether they did: until then the job is not done, and after a
// while it is announced again, as a try that failed.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobOutcome> announce_call(const ports::TenantStore& store, const JobDesk& desk,
                                       const domain::Job& job);

}  // namespace app
