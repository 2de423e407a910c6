// perform_reminders: the work of a job that has to do with reminders: a look, or a mail.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> perform_reminders(const ports::TenantStore& store, const JobDesk& desk,
                                          const domain::Job& job);

}  // namespace app
