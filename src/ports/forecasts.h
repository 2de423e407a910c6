// Forecasts and Tides: what the world knows of the weather at a place and of a station's tides.
// Always: every call ends by a deadline, and no answer is taken without its unit or beyond belief.
// Errors: unavailable (no answer, or not now), malformed (an answer that makes no sense), limited
// (one without end); invalid where the question itself is refused.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

#include "domain/weather.h"

namespace ports {

class Forecasts {
 public:
  virtual ~Forecasts() = default;
  // Every hour that is forecast for the place, from now on. nullopt: none is made for it.
  virtual base::Result<std::optional<domain::Forecast>> hourly(double latitude,
                                                               double longitude) = 0;
};

class Tides {
 public:
  virtual ~Tides() = default;
  // nullopt: there is no such station, or none with predictions.
  virtual base::Result<std::optional<domain::TideTable>> turns(const std::string& station,
                                                               const domain::Interval& span) = 0;
};

}  // namespace ports
