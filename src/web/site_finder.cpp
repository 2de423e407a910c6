#include "web/site_finder.h"

#include <algorithm>

#include "base/text.h"

namespace web {

using base::Result;
using domain::Site;
using domain::SiteKind;

namespace {

constexpr std::size_t tenant_bytes_max = 60;

// The first part of "tenant.key id.secret"; nullopt: no tenant can be called that.
std::optional<domain::TenantId> tenant_in(std::string_view credential) {
  const std::string_view name = credential.substr(0, credential.find('.'));
  if (!base::is_handle(name, tenant_bytes_max)) return std::nullopt;
  return domain::TenantId(std::string(name));
}

}  // namespace

bool SiteFinder::serves(SiteKind kind) const {
  if (serving_ == Serving::everything) return true;
  return (kind == SiteKind::ops) == (serving_ == Serving::owners);
}

bool SiteFinder::is_api_host(const std::string& host) const {
  return std::ranges::find(api_hosts_, host) != api_hosts_.end();
}

std::optional<Site> SiteFinder::named_by_credential(const base::RequestHead& head) const {
  for (const auto& [header, kind] :
       {std::pair("X-Dashboard-Token", SiteKind::ops), {"X-Service-Key", SiteKind::crew}}) {
    const auto credential = head.header(header);
    if (!credential || !serves(kind)) continue;
    if (auto tenant = tenant_in(*credential)) return Site{*std::move(tenant), kind};
  }
  return std::nullopt;
}

Result<std::optional<Site>> SiteFinder::find(const base::RequestHead& head) const {
  if (is_api_host(head.host)) return named_by_credential(head);
  auto site = TRY(tenancy_.site_of(head.host));
  if (site && !serves(site->kind)) site.reset();
  return site;
}

}  // namespace web
