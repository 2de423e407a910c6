// send_guest_mail: what the guest has to hear, rendered from the charter when it leaves: the
// confirmation; what changed since their last mail; that the trip is cancelled. Waits until the
// page that it links to is published. Stale when there is nothing to say.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_guest_mail(const ports::TenantStore& store, const JobDesk& desk,
                                        const domain::Job& job);

}  // namespace app
