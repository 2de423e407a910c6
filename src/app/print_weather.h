// print_weather: the weather record of one trip as a page to print or to file: each decision with
// the forecast, the limits and the tides that it was made on.
#pragma once

#include <string>
#include <vector>

#include "domain/briefing.h"
#include "domain/charter.h"
#include "domain/tenant.h"

namespace app {

// briefings: oldest first. Plain text, lines end with LF.
std::string print_weather(const domain::Charter& charter, const domain::Tenant& tenant,
                          const std::vector<domain::Briefing>& briefings);

}  // namespace app
