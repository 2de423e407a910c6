// tick_item: one checklist item is done, or is not done after all. The last one the server hears of
// stands.
#pragma once

#include "app/prove_pass.h"

namespace app {

enum class Done { yes, no };

// not_found for an item that the charter's lists do not have.
base::Result<void> tick_item(const ports::TenantStore& store, const World& world,
                             const CrewMate& mate, const std::string& item, Done done);

}  // namespace app
