// A network before the pages that remembers what it was told, and can be too busy, away, or
// against it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ports/cdn.h"

namespace app::testing {

class FakeCdn : public ports::Cdn {
 public:
  struct Purge {
    std::string tenant;
    std::vector<std::string> paths;
    std::string reference;
  };

  std::vector<Purge> purges;  // those that were refused too
  std::optional<base::Error> refusal;
  std::string refused_tenant;       // empty: all, where there is a refusal
  std::function<void()> meanwhile;  // called while a purge is under way

  base::Result<void> purge(const domain::TenantId& tenant, const std::vector<std::string>& paths,
                           const std::string& reference) override {
    purges.push_back({tenant.text(), paths, reference});
    if (meanwhile) meanwhile();
    if (refusal && (refused_tenant.empty() || refused_tenant == tenant.text())) return *refusal;
    return {};
  }
};

}  // namespace app::testing
