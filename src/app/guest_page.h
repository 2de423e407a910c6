// guest_page: what a name under /g/ leads to now. Nothing for an unknown name, a charter without a
// page, and a trip that ended more than fourteen days ago.
#pragma once

#include "domain/charter.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct GuestPage {
  domain::Tenant tenant;
  domain::Charter charter;
  // Differs from the name asked for when that was the channel's reference, or a name the page had
  // before: then the address moves.
  domain::Slug slug;
  base::Instant gone_at;
};

base::Result<std::optional<GuestPage>> find_guest_page(const ports::TenantStore& store,
                                                       const World& world, const std::string& name);

}  // namespace app
