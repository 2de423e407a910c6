// send_guest_mail: the guest's confirmation, rendered from the charter when it leaves. Waits until
// the page that it links to is published.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobOutcome> send_guest_mail(const ports::TenantStore& store, const JobDesk& desk,
                                         const domain::Job& job);

}  // namespace app
