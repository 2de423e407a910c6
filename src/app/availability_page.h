// availability_page: what a member's own page of days shows now.
#pragma once

#include "domain/availability_view.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

// not_found: who is not in the tenant's crew any more.
base::Result<domain::AvailabilityView> availability_page(const ports::TenantStore& store,
                                                         const World& world,
                                                         const domain::MemberId& member);

}  // namespace app
