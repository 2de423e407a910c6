// The network that keeps copies of a tenant's guest pages near their readers. Told of a page that
// changed, it asks for the new one; of a page that it does not keep, nothing happens.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

#include "domain/ids.h"

namespace ports {

class Cdn {
 public:
  virtual ~Cdn() = default;
  // paths: "/g/boatsetter-may-30.html", or "/*" alone. A repeat with the same reference and paths
  // is no second purge. Done when it is under way, and when the tenant has no such network.
  // limited: too much at once, ask later. unavailable: nobody is there. invalid: never.
  virtual base::Result<void> purge(const domain::TenantId& tenant,
                                   const std::vector<std::string>& paths,
                                   const std::string& reference) = 0;
};

}  // namespace ports
