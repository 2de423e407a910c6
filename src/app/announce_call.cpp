#include "app/announce_call.h"

namespace app {

base::Result<JobOutcome> announce_call(const ports::TenantStore& store, const JobDesk& desk,
                                       const domain::Job& job) {
  TRY(desk.topic->announce({store.tenant(), job.charter, job.revision}));
  return JobOutcome::done;
}

}  // namespace app
