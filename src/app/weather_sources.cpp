#include "app/weather_sources.h"

#include "base/log.h"

namespace app {

namespace {

constexpr int failures_max = 2;
constexpr std::size_t known_max = 64;

// The answer for a key, asked for unless it is known or nobody answers any more.
template <class Known, class Key, class Patience, class Ask>
typename Known::mapped_type asked(Known& known, const Key& key, Patience& patience, Ask ask) {
  if (const auto found = known.find(key); found != known.end()) return found->second;
  if (patience.failures >= failures_max) return base::unavailable(patience.reason);
  auto answer = ask();
  const bool nobody_there = !answer && answer.error().kind == base::Kind::unavailable;
  patience.failures = nobody_there ? patience.failures + 1 : 0;
  if (!answer) {
    patience.reason = answer.error().message;
    base::log::warning("no word of the weather", {{"reason", patience.reason}});
  }
  if (known.size() >= known_max) known.clear();
  known.emplace(key, answer);
  return answer;
}

}  // namespace

WeatherSources::WeatherSources(ports::Forecasts& forecasts, ports::Tides* tides,
                               const domain::Interval& tide_span)
    : forecasts_(forecasts), tides_(tides), tide_span_(tide_span) {}

WeatherSources::ForecastAnswer WeatherSources::forecast(double latitude, double longitude) {
  return asked(known_forecasts_, std::pair(latitude, longitude), with_forecasts_,
               [&] { return forecasts_.hourly(latitude, longitude); });
}

WeatherSources::TidesAnswer WeatherSources::tides(const std::string& station) {
  if (!tides_ || station.empty()) return std::optional<domain::TideTable>{};
  return asked(known_tides_, station, with_tides_,
               [&] { return tides_->turns(station, tide_span_); });
}

}  // namespace app
