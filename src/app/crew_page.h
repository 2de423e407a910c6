// crew_page: what one crew member may see of one charter, read from its records as they are now.
#pragma once

#include "domain/charter.h"
#include "domain/tenant.h"
#include "domain/views.h"

#include "ports/tenant_store.h"

namespace app {

// not_found when the charter is not there or the member does not crew it.
base::Result<domain::CrewView> crew_page(const ports::TenantStore& store,
                                         const domain::CharterId& charter,
                                         const domain::MemberId& reader, base::Instant now);
// As above, by who has loaded both already, and without the weather.
base::Result<domain::CrewView> crew_page(const ports::TenantStore& store,
                                         const domain::Charter& charter,
                                         const domain::Tenant& tenant,
                                         const domain::MemberId& reader);

}  // namespace app
