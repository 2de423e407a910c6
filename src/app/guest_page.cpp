#include "app/guest_page.h"

#include "domain/slug.h"

#include "app/charter_record.h"
#include "app/tenant_record.h"

namespace app {

base::Result<std::optional<GuestPage>> find_guest_page(const ports::TenantStore& store,
                                                       const World& world,
                                                       const std::string& name) {
  if (!domain::is_page_name(name)) return std::optional<GuestPage>{};
  const auto named = TRY(find_page_name(store, name));
  if (!named) return std::optional<GuestPage>{};
  auto charter = TRY(load_charter(store, *named));
  if (!charter || !charter->value.has_guest_page()) return std::optional<GuestPage>{};
  const base::Instant gone_at = charter->value.ends.utc + domain::page_lives_after_end;
  if (gone_at <= world.now()) return std::optional<GuestPage>{};
  auto tenant = TRY(load_tenant(store));
  const domain::Slug slug = charter->value.slug;
  return std::optional(
      GuestPage{std::move(tenant.value), std::move(charter->value), slug, gone_at});
}

}  // namespace app
