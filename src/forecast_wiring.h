// Forecast wiring: the public services that are asked about the weather.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

#include "ports/forecasts.h"

#include "config.h"

namespace fairlead {

struct ForecastServices {
  std::unique_ptr<ports::Forecasts> forecasts;  // nullptr: nobody is asked
  std::unique_ptr<ports::Tides> tides;
};

// Error kind invalid: an address that is none.
base::Result<ForecastServices> open_forecasts(const ForecastsConfig& config);

// What asking them for one place comes to, as lines for the doctor.
std::string probe_forecasts(ports::Forecasts& forecasts, double latitude, double longitude);
std::string probe_tides(ports::Tides& tides, const std::string& station, base::Instant now);

}  // namespace fairlead
