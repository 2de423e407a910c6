// send_roster_mail: tells the owner of a credential that lapses soon or has lapsed, as the tenant
// file has it when the mail leaves. Stale: it is renewed meanwhile, or its holder has left.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_roster_mail(const ports::TenantStore& store, const JobDesk& desk,
                                         const domain::Job& job);

}  // namespace app
