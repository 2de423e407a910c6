// perform_call: the work of a job that fills open seats: a look, an ask, or the owner's mail.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> perform_call(const ports::TenantStore& store, const JobDesk& desk,
                                     const domain::Job& job);

}  // namespace app
