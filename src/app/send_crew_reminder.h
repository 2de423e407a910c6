// send_crew_reminder: reminds one member, rendered from the charter when it leaves; the last one
// that is early enough brings the weather. Stale, with the reason, when the trip is cancelled, they
// have left or said no, or another reminder says it. Waits while it is quiet at the dock. Fails
// when it could not leave before the trip began.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_crew_reminder(const ports::TenantStore& store, const JobDesk& desk,
                                           const domain::Job& job);

}  // namespace app
