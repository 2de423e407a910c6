// send_crew_mail: one member's call, rendered from the charter when it leaves. Stale when the
// member left the crew or newer facts will be told by another mail.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobOutcome> send_crew_mail(const ports::TenantStore& store, const JobDesk& desk,
                                        const domain::Job& job);

}  // namespace app
