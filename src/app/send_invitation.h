// send_invitation: mails a crew member the link that app/invite_member promised. Stale: they do not
// stand in the tenant file any more.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_invitation(const ports::TenantStore& store, const JobDesk& desk,
                                        const domain::Job& job);

}  // namespace app
