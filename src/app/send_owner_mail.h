// send_owner_mail: tells the owner of what one deed on the crew's side came to: an answer, that
// nobody is left to ask, that the trip is at risk; and how the crew stands now. Stale: the deed was
// undone.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_owner_mail(const ports::TenantStore& store, const JobDesk& desk,
                                        const domain::Job& job);

}  // namespace app
