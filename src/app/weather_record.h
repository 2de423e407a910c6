// A charter's weather on record: what is known now, and what is kept of what was decided: each
// briefing whose verdict was another, the first, and the last before the start, with the forecast
// and the limits of then.
#pragma once

#include <vector>

#include "domain/briefing.h"

#include "app/record_json.h"

namespace app {

inline constexpr std::size_t kept_briefings_max = 400;

ports::Place weather_place(const domain::CharterId& charter);
ports::Place kept_briefing_place(const domain::CharterId& charter, base::Instant got_at);

base::json::object limits_json(const domain::WeatherLimits& limits);
domain::WeatherLimits limits_from(const base::json::object& body);
base::json::object json_of(const domain::Briefing& briefing);
domain::Briefing briefing_from(const base::json::object& body);
std::string encoded(const domain::WeatherWatch& watch);

base::Result<std::optional<Loaded<domain::WeatherWatch>>> load_weather(
    const ports::TenantStore& store, const domain::CharterId& charter);
// Oldest first.
base::Result<std::vector<domain::Briefing>> kept_briefings(const ports::TenantStore& store,
                                                           const domain::CharterId& charter);

}  // namespace app
