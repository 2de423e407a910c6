#include "app/owe_purge.h"

#include <algorithm>

#include "app/decide.h"

namespace app {

namespace json = base::json;
using base::Result;

namespace {

constexpr const char* everything = "/*";
constexpr std::size_t id_bytes = 10;

OwedPurge owed_from(const json::object& body) {
  OwedPurge owed;
  owed.id = text_at(body, "id");
  for (const json::value& path : list_at(body, "paths"))
    if (path.is_string()) owed.paths.emplace_back(path.get_string());
  return owed;
}

std::string encoded(const OwedPurge& owed) {
  json::array paths;
  for (const std::string& path : owed.paths) paths.emplace_back(path);
  return base::to_text(json::object{{"id", owed.id}, {"paths", std::move(paths)}});
}

void add_paths(OwedPurge& owed, const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    if (std::ranges::find(owed.paths, path) == owed.paths.end()) owed.paths.push_back(path);
  const bool all = std::ranges::find(owed.paths, everything) != owed.paths.end();
  if (all || owed.paths.size() > owed_paths_max) owed.paths = {everything};
}

Result<void> owe_once(const ports::TenantStore& store, const World& world,
                      const std::vector<std::string>& paths) {
  const auto before = TRY(load_owed_purge(store));
  OwedPurge owed = before ? before->value : OwedPurge{world.random_text(id_bytes), {}};
  add_paths(owed, paths);
  auto changes = store.changes();
  changes.put_owed_purge(before ? before->version : ports::absent, encoded(owed));
  return store.commit(changes);
}

}  // namespace

Result<std::optional<Loaded<OwedPurge>>> load_owed_purge(const ports::TenantStore& store) {
  const auto stored = TRY(store.owed_purge());
  if (!stored) return std::optional<Loaded<OwedPurge>>{};
  const json::object body = TRY(body_of(*stored));
  return std::optional(Loaded<OwedPurge>{owed_from(body), stored->version});
}

std::vector<std::string> edge_paths(const std::string& object) {
  return {"/g/" + object, "/" + object};
}

Result<void> owe_purge(const ports::TenantStore& store, const World& world,
                       const std::vector<std::string>& paths) {
  return decide([&] { return owe_once(store, world, paths); });
}

}  // namespace app
