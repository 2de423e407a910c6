#include "app/links.h"

#include "app/world.h"

namespace app {

std::string site_url(const World& world, const std::string& host) {
  constexpr std::string_view mark = "{host}";
  std::string url = world.public_url;
  if (auto at = url.find(mark); at != std::string::npos) url.replace(at, mark.size(), host);
  return url;
}

std::string guest_page_url(const World& world, const domain::Tenant& tenant,
                           const domain::Slug& slug) {
  return site_url(world, tenant.sites.guest) + "/g/" + slug.text() + ".html";
}

std::string guest_link(const World& world, const domain::Tenant& tenant,
                       const domain::Charter& charter) {
  return guest_page_url(world, tenant, charter.slug) +
         "#k=" + domain::guest_key_for(world.server_key, charter.id, charter.guest_key);
}

std::string crew_page_url(const World& world, const domain::Tenant& tenant,
                          const domain::CharterId& charter) {
  return site_url(world, tenant.sites.crew) + "/charters/" + charter.text();
}

std::string magic_link(const World& world, const domain::Tenant& tenant,
                       const domain::PassId& pass) {
  return site_url(world, tenant.sites.crew) + "/c/" +
         domain::token_for(world.server_key, tenant.id, pass, domain::TokenUse::magic_link);
}

std::string feed_url(const World& world, const domain::Tenant& tenant) {
  return site_url(world, tenant.sites.ops) +
         "/calendar.ics?key=" + domain::feed_key_for(world.server_key, tenant.id);
}

}  // namespace app
