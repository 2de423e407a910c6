// remove_photo: what a guest sent, or is about to send, goes: from the list at once, its bytes by a
// job. Its form takes nothing any more; what is posted with it all the same goes too.
#pragma once

#include "domain/photo.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

// not_found: no such photo, or it is removed already.
base::Result<void> remove_photo(const ports::TenantStore& store, const World& world,
                                const domain::CharterId& charter, const domain::PhotoId& photo,
                                const std::string& actor);

// What a removal takes besides the photo's record: its room in the ledger, and the job that sees to
// its bytes.
base::Result<void> owe_removal(const ports::TenantStore& store, ports::Changes& changes,
                               const domain::CharterId& charter, const domain::PhotoId& photo,
                               base::Instant now);

}  // namespace app
