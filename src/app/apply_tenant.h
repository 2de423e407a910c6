// apply_tenant: creates or updates a tenant from its file, idempotently.
// Refuses (nothing is changed): a host that another tenant has; a vessel or person dropped with
// trips ahead.
#pragma once

#include <optional>

#include "domain/rates.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct TenantFile {
  domain::Tenant tenant;
  domain::Rates rates;
};

struct AppliedTenant {
  domain::TenantId tenant;
  enum class Outcome { created, updated, unchanged } outcome = Outcome::unchanged;
  // Only when newly made; they cannot be read again.
  std::string dashboard_token;
  std::string service_key;
};

base::Result<AppliedTenant> apply_tenant(const ports::OwnerInstallation& installation,
                                         const World& world, const TenantFile& file);

}  // namespace app
