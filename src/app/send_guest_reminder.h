// send_guest_reminder: as send_crew_reminder, for the guest; waits for the page that it links to,
// too, and is stale when the address is another by now.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_guest_reminder(const ports::TenantStore& store, const JobDesk& desk,
                                            const domain::Job& job);

}  // namespace app
