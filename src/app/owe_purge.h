// owe_purge: that copies of pages out in the world have to go, as a record of the tenant's that
// stands until somebody has seen to it (app/purge_pages.h). Always: what is owed twice is owed
// once, and each time is a new version of the record; over owed_paths_max it is one "/*".
#pragma once

#include <string>
#include <vector>

#include "app/record_json.h"
#include "app/world.h"

namespace app {

inline constexpr std::size_t owed_paths_max = 200;

struct OwedPurge {
  std::string id;  // of this debt, from its first path until it is paid
  std::vector<std::string> paths;
};
base::Result<std::optional<Loaded<OwedPurge>>> load_owed_purge(const ports::TenantStore& store);

// Both addresses that a page's object has at the edge: the one that is asked for, and the one that
// it is rewritten to. AWS wants both named.
std::vector<std::string> edge_paths(const std::string& object);

// Requires: paths are not empty.
base::Result<void> owe_purge(const ports::TenantStore& store, const World& world,
                             const std::vector<std::string>& paths);

}  // namespace app
