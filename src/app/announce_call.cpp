#include "app/announce_call.h"

#include "app/charter_record.h"

namespace app {

base::Result<JobOutcome> announce_call(const ports::TenantStore& store, const JobDesk& desk,
                                       const domain::Job& job) {
  const auto charter = TRY(load_charter(store, job.charter));
  // The call of the newer revision says it all.
  if (!charter || job.revision < charter->value.facts_revision) return JobOutcome::stale;
  TRY(desk.topic->announce({store.tenant(), job.charter, job.revision}));
  return JobOutcome::done;
}

}  // namespace app
