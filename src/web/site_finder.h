// SiteFinder: which operator's which site a request is for. The host says it; at a host that is the
// API's own, with no CDN before it, the credential does. Always: what this process does not serve
// is as unknown as a foreign host.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/http.h"

#include "domain/site.h"

#include "app/tenancy.h"

namespace web {

enum class Serving { everything, owners, crew_and_guests };

class SiteFinder {
 public:
  SiteFinder(app::Tenancy tenancy, Serving serving, std::vector<std::string> api_hosts)
      : tenancy_(tenancy), serving_(serving), api_hosts_(std::move(api_hosts)) {}

  // nullopt: no site of that name is served here; at an API host: no credential names one.
  base::Result<std::optional<domain::Site>> find(const base::RequestHead& head) const;
  bool is_api_host(const std::string& host) const;
  bool serves(domain::SiteKind kind) const;

 private:
  std::optional<domain::Site> named_by_credential(const base::RequestHead& head) const;

  app::Tenancy tenancy_;
  Serving serving_;
  std::vector<std::string> api_hosts_;
};

}  // namespace web
