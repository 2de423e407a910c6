// rotate_credential: a new token beside the last one, so that programs can change over; older ones
// end at once.
#pragma once

#include "app/credential_record.h"
#include "app/world.h"

namespace app {

// The new token; it cannot be read again.
base::Result<std::string> rotate_credential(const ports::OwnerStore& store, const World& world,
                                            CredentialKind kind);

}  // namespace app
