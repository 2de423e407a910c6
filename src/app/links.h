// Links: every address the system writes into pages, mails and answers. Built from [public] url and
// the tenant's own hosts, never from a request.
#pragma once

#include <string>

#include "domain/charter.h"
#include "domain/tenant.h"

namespace app {

struct World;

std::string site_url(const World& world, const std::string& host);
std::string guest_page_url(const World& world, const domain::Tenant& tenant,
                           const domain::Slug& slug);
// The page with the guest key in its fragment.
std::string guest_link(const World& world, const domain::Tenant& tenant,
                       const domain::Charter& charter);
std::string crew_page_url(const World& world, const domain::Tenant& tenant,
                          const domain::CharterId& charter);
std::string magic_link(const World& world, const domain::Tenant& tenant,
                       const domain::PassId& pass);
std::string feed_url(const World& world, const domain::Tenant& tenant);

}  // namespace app
