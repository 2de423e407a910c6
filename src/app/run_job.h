// run_job: claim with a lease, run outside any transaction, then mark done, stale or failed, or
// plan another try with back-off and jitter. Two commits by nature: the claim must be durable
// before the outside world hears of it. Always: of two runners one gets the claim; a runner that
// dies leaves the job due again when its lease ends.
#pragma once

#include <optional>

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

enum class RunResult { ran, not_due };

// An Error means that the store could not be asked; what the job itself met stands in its record.
base::Result<RunResult> run_job(const JobDesk& desk, const domain::JobId& id);

// Where jobs come from that are run one after another.
class JobLine {
 public:
  virtual ~JobLine() = default;
  virtual std::optional<domain::JobId> next() = 0;   // nullopt: no more
  virtual void ended(const domain::JobId& job) = 0;  // of each that next() gave
};
// As run_job runs each, but the commit that ends one also claims the next: half the waits for the
// disk. A job that next() gave is run, also when no other follows.
void run_jobs(const JobDesk& desk, JobLine& line);

}  // namespace app
