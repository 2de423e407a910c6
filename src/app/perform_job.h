// perform_job: the work of a job, by its kind. The claim is the caller's, and so is its end.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> perform_job(const JobDesk& desk, const domain::Job& job);

}  // namespace app
