// remove_block: the vessel's time is free again at once. not_found for an unknown id and for a hold
// that has lapsed, which is in the calendar no more; conflict for a charter's entry, which only its
// own verbs may end.
#pragma once

#include "domain/ids.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

base::Result<void> remove_block(const ports::OwnerStore& store, const World& world,
                                const std::string& entry, const std::string& actor);

}  // namespace app
