// plan_reminders: the look at a trip's reminders: owes a mail to each member aboard whose answer is
// not no, and to the guest, for those whose time has come, and plans the next look. Safe to run
// twice. Of several whose time passed while nobody looked the nearest to the trip leaves; that the
// others did not stands on record, with the reason.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> plan_reminders(const ports::TenantStore& store, const World& world,
                                       const domain::Job& look);

}  // namespace app
