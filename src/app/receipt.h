// The receipt: everything a charter caused, each planned, done, failed or stale.
#pragma once

#include <vector>

#include "domain/job.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

// A crew call stands with one planned mail for each person whom it will tell, until whoever hears
// of it has planned them. Nobody is called to a trip that is cancelled. A look at the reminders
// stands there when its time has come: what is ahead is the messages' (app/preview_messages.h).
std::vector<domain::Job> with_planned_mails(std::vector<domain::Job> jobs,
                                            const domain::Charter& charter,
                                            const domain::Tenant& tenant, base::Instant now);

// not_found when there is no such charter.
base::Result<std::vector<domain::Job>> receipt_of(const ports::TenantStore& store,
                                                  const World& world,
                                                  const domain::CharterId& charter);

}  // namespace app
