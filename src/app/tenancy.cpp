#include "app/tenancy.h"

namespace app {

base::Result<std::optional<domain::Site>> Tenancy::site_of(const std::string& host) const {
  const auto entry = TRY(installation_.host(host));
  if (!entry) return std::optional<domain::Site>{};
  return std::optional(entry->site);
}

std::optional<OwnerRecords> Tenancy::owner(const domain::TenantId& tenant) const {
  return owners_ ? std::optional(owners_->owner(tenant)) : std::nullopt;
}

base::Result<void> Tenancy::reachable() const {
  TRY(installation_.host("healthz"));
  return {};
}

}  // namespace app
