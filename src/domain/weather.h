// Weather: what is forecast for a place, hour by hour, when the tide turns, and what a vessel
// bears. Always: a figure that nobody forecast is absent and never nought; a limit whose figure is
// absent never reads as kept.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

#include "domain/schedule.h"

namespace domain {

inline constexpr std::size_t forecast_hours_max = 10 * 24;
inline constexpr std::size_t tide_turns_max = 64;

// From at on, for an hour.
struct WeatherHour {
  base::Instant at;
  std::optional<double> wind_knots;
  std::optional<double> gust_knots;
  std::optional<double> wind_from_degrees;
  std::optional<double> wave_metres;
  std::optional<double> swell_metres;
  std::optional<double> visibility_metres;
  std::optional<double> precipitation_percent;  // how likely
};

struct Forecast {
  std::string source;
  base::Instant issued_at;
  std::vector<WeatherHour> hours;  // in order, each once
};

struct TideTurn {
  enum class Kind { high, low };
  base::Instant at;
  Kind kind = Kind::high;
  double height_metres = 0;  // over the station's datum
};

struct TideTable {
  std::string source;
  std::string station;  // its name
  std::vector<TideTurn> turns;
};

enum class Measure { wind, gusts, waves, visibility };
inline constexpr std::array all_measures = {Measure::wind, Measure::gusts, Measure::waves,
                                            Measure::visibility};
std::string_view name_of(Measure measure);
std::optional<Measure> measure_from(std::string_view name);

// From caution on a figure calls for care, from no_go on the vessel stays.
struct WeatherLimit {
  std::optional<double> caution;
  std::optional<double> no_go;
  bool is_set() const { return caution || no_go; }
  friend bool operator==(const WeatherLimit&, const WeatherLimit&) = default;
};

struct WeatherLimits {
  WeatherLimit wind_knots;
  WeatherLimit gust_knots;
  WeatherLimit wave_metres;        // waves or swell, whichever is higher
  WeatherLimit visibility_metres;  // the only one that is a least
  const WeatherLimit& of(Measure measure) const;
  bool any() const;
  friend bool operator==(const WeatherLimits&, const WeatherLimits&) = default;
};

std::optional<double> figure_of(const WeatherHour& hour, Measure measure);

// unknown: nothing speaks against it, but not all that the limits ask for is forecast.
enum class Verdict { go, unknown, caution, no_go };
std::string_view name_of(Verdict verdict);
std::optional<Verdict> verdict_from(std::string_view name);

// The worst hour of one measure, where it meets a limit.
struct WeatherReason {
  Measure measure = Measure::wind;
  Verdict verdict = Verdict::caution;
  double figure = 0;
  double limit = 0;
  base::Instant at;
};

struct Judgement {
  Verdict verdict = Verdict::unknown;
  std::vector<WeatherReason> reasons;
  std::vector<Measure> missing;  // limited, and not forecast for every hour of the trip
};

// The hours that touch the trip.
std::vector<WeatherHour> hours_within(const std::vector<WeatherHour>& hours, const Interval& trip);
// The last turn before the trip, those within it and the first after it.
std::vector<TideTurn> turns_around(const std::vector<TideTurn>& turns, const Interval& trip);

// nullopt: the vessel has no limits, and so nobody said what is too much for it.
std::optional<Judgement> judge(const std::vector<WeatherHour>& hours, const WeatherLimits& limits,
                               const Interval& trip);

}  // namespace domain
