// run_job: claim with a lease, run outside any transaction, then mark done, stale or failed, or
// plan another try with back-off and jitter. Two commits by nature: the claim must be durable
// before the outside world hears of it. Always: of two runners one gets the claim; a runner that
// dies leaves the job due again when its lease ends.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

enum class RunResult { ran, not_due };

// An Error means that the store could not be asked; what the job itself met stands in its record.
base::Result<RunResult> run_job(const JobDesk& desk, const domain::JobId& id);

}  // namespace app
