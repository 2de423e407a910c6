// publish_guest_page: the page and its calendar file as versioned objects. Publishing the same
// bytes twice is one version; a page that another publisher renewed meanwhile is written over it
// from the charter as it is now. What took another's place is owed a purge, where a network keeps
// copies. Stale: a newer revision publishes, or the page's time is over.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> publish_guest_page(const ports::TenantStore& store, const JobDesk& desk,
                                           const domain::Job& job);

}  // namespace app
