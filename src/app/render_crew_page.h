// The crew page: one reader's view of a trip, with their answer, their hours and the checklists.
// Always: each change is a plain form that works without JavaScript; built from the view alone, so
// no money and no guest contact. A cancelled trip takes no answer and no tick.
#pragma once

#include <string>

#include "domain/views.h"

namespace app {

std::string render_crew_page(const domain::CrewView& view);

}  // namespace app
