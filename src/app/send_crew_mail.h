// send_crew_mail: what one member has to hear of a charter, rendered when it leaves: the call, if
// they know nothing yet; what changed since their last mail; that it is cancelled, or sails without
// them. Stale when there is nothing to say, or newer facts will be told by another mail.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_crew_mail(const ports::TenantStore& store, const JobDesk& desk,
                                       const domain::Job& job);

}  // namespace app
