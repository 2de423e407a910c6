// Tenancy: web's way from a host name to a tenant's records. Crew and guest code is handed
// Operations; only calls that proved a dashboard token are handed OwnerRecords, and only where this
// process has any.
#pragma once

#include <optional>
#include <string>

#include "domain/site.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

using Operations = ports::TenantStore;
using OwnerRecords = ports::OwnerStore;

class Tenancy {
 public:
  // Crew and guests alone.
  explicit Tenancy(ports::Installation installation) : installation_(installation) {}
  explicit Tenancy(ports::OwnerInstallation installation)
      : installation_(installation), owners_(installation) {}

  base::Result<std::optional<domain::Site>> site_of(const std::string& host) const;
  Operations operations(const domain::TenantId& tenant) const {
    return installation_.operations(tenant);
  }
  std::optional<OwnerRecords> owner(const domain::TenantId& tenant) const;
  // Whether the store answers at all.
  base::Result<void> reachable() const;

 private:
  ports::Installation installation_;
  std::optional<ports::OwnerInstallation> owners_;
};

}  // namespace app
