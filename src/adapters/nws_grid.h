// What the US National Weather Service says of one square of its grid, as hours. Always: a layer
// with a unit that is not known, or a figure beyond belief, is as if it were not there. Refuses: an
// answer of which nothing remains. Source: api.weather.gov, "gridpoints": each layer has a unit
// ("uom") and values, each valid for an ISO 8601 interval ("validTime") or null.
#pragma once

#include <string_view>

#include "base/result.h"

#include "domain/weather.h"

namespace adapters {

inline constexpr const char* nws_name = "National Weather Service";

// "2026-11-26T06:00:00+00:00/PT3H"; nullopt: no such interval, or one of more than ten days.
std::optional<domain::Interval> read_nws_interval(std::string_view text);
// Error kind malformed.
base::Result<domain::Forecast> read_nws_grid(std::string_view body);

}  // namespace adapters
