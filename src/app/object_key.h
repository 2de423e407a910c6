// object_key: the owner's key to the embedded object store, for programs that speak S3.
#pragma once

#include <optional>

#include "base/sigv4.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

// What signs for an access key; nullopt: it belongs to no dashboard token that is alive.
base::Result<std::optional<base::AwsSigner>> find_object_key(const ports::TenantStore& store,
                                                             const World& world,
                                                             std::string_view access_key_id);

}  // namespace app
