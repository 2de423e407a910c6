// put_change: what every way to another charter shares, the owner's and the crew's, a change and a
// cancellation: the record, its calendar entry and slug, the vessel's and the crew's time, the jobs
// that tell of it.
#pragma once

#include "domain/change.h"
#include "domain/job.h"

#include "ports/tenant_store.h"

#include "app/record_json.h"
#include "app/world.h"

namespace app {

// The code of the conflict when another revision is there than the caller meant.
inline constexpr const char* stale_revision = "stale-revision";

struct Meant {
  domain::CharterId charter;
  domain::Revision revision = 0;  // 0: whichever is there
};
// not_found: no such charter. conflict, code stale_revision, saying the current one.
base::Result<Loaded<domain::Charter>> load_meant(const ports::TenantStore& store,
                                                 const Meant& meant);

// Adds it all to the changes; the caller commits, with a check of the tenant record. after differs
// from before, and is of a later revision. Errors: conflict, naming what is in the way.
base::Result<std::vector<domain::Job>> put_change(const ports::TenantStore& store,
                                                  ports::Changes& changes, const World& world,
                                                  const domain::Tenant& tenant,
                                                  const Loaded<domain::Charter>& before,
                                                  const domain::Charter& after);

}  // namespace app
