// WeatherSources: the weather and tide services for the length of one look at many charters.
// Always: a place and a station are asked about once; a service that twice in a row does not answer
// is left alone for the rest of the look, so that it holds nobody up.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "ports/forecasts.h"

namespace app {

class WeatherSources {
 public:
  // tides: nullptr, there are none. tide_span: what stations are asked for.
  WeatherSources(ports::Forecasts& forecasts, ports::Tides* tides,
                 const domain::Interval& tide_span);

  using ForecastAnswer = base::Result<std::optional<domain::Forecast>>;
  using TidesAnswer = base::Result<std::optional<domain::TideTable>>;

  ForecastAnswer forecast(double latitude, double longitude);
  TidesAnswer tides(const std::string& station);

 private:
  struct Patience {
    int failures = 0;
    std::string reason;
  };

  ports::Forecasts& forecasts_;
  ports::Tides* tides_;
  domain::Interval tide_span_;
  Patience with_forecasts_;
  Patience with_tides_;
  std::map<std::pair<double, double>, ForecastAnswer> known_forecasts_;
  std::map<std::string, TidesAnswer> known_tides_;
};

}  // namespace app
