// receive_photo: the object store has a photo whole and durable, so the charter has it: in the
// owner's list and on the receipt; what comes for a photo that was removed goes. Safe to hear
// twice. not_found: nobody was promised this object.
#pragma once

#include <string_view>

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

// The deed, in the audit trail.
inline constexpr std::string_view received_photo = "receive_photo";

// key: the object's name, as presign_photo chose it. bytes: how many there are.
base::Result<void> receive_photo(const ports::TenantStore& store, const World& world,
                                 const std::string& key, std::int64_t bytes);

}  // namespace app
