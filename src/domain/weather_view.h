// WeatherView: what crew and owner may be shown of a charter's weather, field by field. No instant
// in it is shown but in the dock's zone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/sun.h"
#include "domain/weather.h"

namespace domain {

struct WeatherView {
  struct Peak {
    double figure = 0;
    base::Instant at;
  };
  std::string zone;
  Interval trip;
  std::vector<SunTimes> sun;  // of the first day, and of the last where it is another
  enum class State { known, not_yet, no_such_place } state = State::not_yet;
  std::optional<base::Instant> comes_at;  // not_yet, and not due either
  std::optional<base::Instant> missing_since;

  // Known only.
  std::string source;
  base::Instant issued_at;
  base::Instant got_at;
  base::minutes age{0};  // since it was got
  std::optional<Judgement> judgement;
  std::optional<double> wind_from_degrees;  // as the trip starts
  std::optional<Peak> wind_knots;
  std::optional<Peak> least_wind_knots;
  std::optional<Peak> gust_knots;
  std::optional<Peak> wave_metres;
  std::optional<Peak> swell_metres;
  std::optional<Peak> least_visibility_metres;
  std::optional<Peak> precipitation_percent;
  std::string tide_source;
  std::string tide_station;
  std::vector<TideTurn> tides;
};

}  // namespace domain
