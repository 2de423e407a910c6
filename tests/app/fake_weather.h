// A weather and a tide service that say what a test wants them to.
#pragma once

#include "ports/forecasts.h"

#include "tests/contracts/fake_clock.h"

namespace app::testing {

// Twelve knots at any hour, but what a test says of it.
class FakeWeather : public ports::Forecasts, public ports::Tides {
 public:
  explicit FakeWeather(contracts::FakeClock& clock) : clock_(clock) {}

  std::optional<base::Error> forecast_trouble;
  std::optional<base::Error> tide_trouble;
  bool knows_the_place = true;
  double wind_knots = 12;
  int asked = 0;
  int asked_tides = 0;

  base::Result<std::optional<domain::Forecast>> hourly(double latitude, double longitude) override {
    ++asked;
    if (forecast_trouble) return *forecast_trouble;
    if (!knows_the_place) return std::optional<domain::Forecast>{};
    domain::Forecast forecast{
        "National Weather Service", clock_.now() - std::chrono::minutes(20), {}};
    const auto from = std::chrono::floor<std::chrono::hours>(clock_.now());
    for (int i = 0; i < 8 * 24; ++i)
      forecast.hours.push_back({from + std::chrono::hours(i), wind_knots, wind_knots + 6, 270,
                                latitude - 32, -longitude - 116, 16000, 5});
    return std::optional(forecast);
  }
  base::Result<std::optional<domain::TideTable>> turns(const std::string& station,
                                                       const domain::Interval& span) override {
    ++asked_tides;
    if (tide_trouble) return *tide_trouble;
    domain::TideTable tides{"NOAA CO-OPS", "Station " + station, {}};
    for (auto at = span.from; at < span.until; at += std::chrono::hours(6))
      tides.turns.push_back({at, domain::TideTurn::Kind::high, 1.5});
    return std::optional(tides);
  }

 private:
  contracts::FakeClock& clock_;
};

}  // namespace app::testing
