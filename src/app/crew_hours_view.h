// crew_hours_view: what a crew member's page says of their own hours, and of nobody else's.
#pragma once

#include <optional>

#include "domain/views.h"

#include "app/prove_pass.h"

namespace app {

// nullopt: the clock of that trip does not run yet. not_found: no such charter.
base::Result<std::optional<domain::HoursView>> crew_hours_view(const ports::TenantStore& store,
                                                               const World& world,
                                                               const CrewMate& mate);

}  // namespace app
