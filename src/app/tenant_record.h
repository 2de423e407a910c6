// The tenant's record, without money.
#pragma once

#include "domain/tenant.h"

#include "app/record_json.h"

namespace app {

ports::Place tenant_place();
std::string encoded(const domain::Tenant& tenant);
domain::Tenant tenant_from(const base::json::object& body);

// not_found when the tenant was never applied.
base::Result<Loaded<domain::Tenant>> load_tenant(const ports::TenantStore& store);

}  // namespace app
