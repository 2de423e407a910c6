// Weather for a place and a span of hours. The socket is here so that the crew page has its place;
// the adapters follow with the crew briefing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace ports {

struct ForecastQuestion {
  double latitude = 0;
  double longitude = 0;
  base::Instant from;
  base::Instant until;
};

struct Forecast {
  std::string source;
  base::Instant issued_at;
  std::vector<std::string> lines;  // one per fact, ready to show
};

class Forecasts {
 public:
  virtual ~Forecasts() = default;
  // nullopt: there is no forecast for that place or time.
  virtual base::Result<std::optional<Forecast>> ask(const ForecastQuestion& question) = 0;
};

}  // namespace ports
