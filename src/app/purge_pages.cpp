#include "app/purge_pages.h"

#include "base/log.h"

#include "app/owe_purge.h"

namespace app {

using base::Kind;
using base::Result;

namespace {

enum class Seen { settled, waits, nobody_there };

Result<Seen> strike_off(const ports::TenantStore& store, ports::Version version) {
  auto changes = store.changes();
  changes.remove_owed_purge(version);
  const auto done = store.commit(changes);
  if (done) return Seen::settled;
  if (done.error().kind == Kind::conflict) return Seen::waits;
  return done.error();
}

Result<Seen> purge_one(const JobDesk& desk, const ports::TenantStore& store) {
  const auto owed = TRY(load_owed_purge(store));
  if (!owed) return Seen::settled;
  const std::string reference = owed->value.id + "-" + std::to_string(owed->version);
  const auto done = desk.cdn->purge(store.tenant(), owed->value.paths, reference);
  if (done) return strike_off(store, owed->version);
  const bool never = done.error().kind == Kind::invalid;
  base::log::warning(never ? "copies of pages cannot be purged" : "copies of pages wait",
                     {{"tenant", store.tenant().text()}, {"reason", done.error().message}});
  if (never) return strike_off(store, owed->version);
  return done.error().kind == Kind::unavailable ? Seen::nobody_there : Seen::waits;
}

}  // namespace

Result<std::size_t> purge_pages(const JobDesk& desk) {
  std::size_t settled = 0;
  if (!desk.cdn) return settled;
  // From anywhere, so that those which have to wait keep nobody else waiting.
  const std::string from = desk.world.random_text(5);
  for (const domain::TenantId& tenant :
       TRY(desk.installation.purges_owed(from, purges_per_run_max))) {
    const Seen seen = TRY(purge_one(desk, desk.installation.operations(tenant)));
    if (seen == Seen::nobody_there) break;
    if (seen == Seen::settled) ++settled;
  }
  return settled;
}

}  // namespace app
