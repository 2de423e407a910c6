// The crew page: one reader's view of a trip, with their answer, their hours and the checklists.
// Always: each change is a plain form that works without JavaScript; built from the view alone, so
// no money and no guest contact. A cancelled trip takes no answer and no tick.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/views.h"

namespace app {

// forecast: the weather briefing, one line each; without one its section is left out.
std::string render_crew_page(const domain::CrewView& view,
                             const std::optional<std::vector<std::string>>& forecast);

}  // namespace app
