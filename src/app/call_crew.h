// call_crew: hears an announcement and owes each crew member that was not called yet one mail with
// a pass of its own. Safe to hear twice: a member's call is a record, and the mail's id is fixed.
#pragma once

#include "ports/tenant_store.h"
#include "ports/topic.h"

#include "app/world.h"

namespace app {

// Whether there is nothing left to do, for those aboard and those who left.
base::Result<bool> is_crew_called(const ports::TenantStore& store,
                                  const domain::CharterId& charter);
base::Result<void> call_crew(const ports::TenantStore& store, const World& world,
                             const ports::CrewAnnouncement& announcement);

}  // namespace app
