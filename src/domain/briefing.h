// Briefing: the weather of one charter as its crew is told it, and when it is asked for again.
// Always: what was decided keeps the forecast and the limits that it was decided on; an old or a
// missing forecast says since when, and never passes for a new one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/tenant.h"
#include "domain/views.h"
#include "domain/weather_view.h"

namespace domain {

// So long before its start a charter's forecast is first asked for: further ahead there is none.
inline constexpr std::chrono::hours forecast_reaches{7 * 24};
// From then on it is asked for each hour, before that four times a day.
inline constexpr std::chrono::hours trip_is_near{48};

// What is asked about.
struct WeatherSite {
  Interval trip;
  double latitude = 0;
  double longitude = 0;
  std::string tide_station;  // empty: none
  WeatherLimits limits;
};
bool is_same(const WeatherSite& one, const WeatherSite& other);
// nullopt: where the trip starts is not known.
std::optional<WeatherSite> site_of(const Interval& trip, const Place& place, const Vessel* vessel);

// What was forecast, and what it meant.
struct Briefing {
  base::Instant got_at;
  WeatherSite site;
  Forecast forecast;               // of the trip's hours
  std::optional<TideTable> tides;  // absent: no station, or no answer
  std::optional<Judgement> judgement;
};

// All that is on record of a charter's weather, but for what is kept of the past.
struct WeatherWatch {
  WeatherSite site;  // as last asked about
  base::Instant ask_again_at;
  int failures = 0;                            // in a row
  std::optional<base::Instant> missing_since;  // the first of them, where the forecast was missing
  enum class Coverage { covered, no_such_place } coverage = Coverage::covered;
  std::string trouble;  // what the last failure was, for the owner
  std::optional<Briefing> last;
};

bool is_due(const std::optional<WeatherWatch>& watch, const WeatherSite& site, base::Instant now);
base::Instant next_asking(const Interval& trip, base::Instant now);
// failures: in a row, at least 1.
base::Instant next_asking_after(int failures, unsigned char jitter, base::Instant now);

// Of a briefing: whether it is kept for good, as the first or as one that says something else; and
// whether the one before it is, as the last before the start.
bool is_kept(const std::optional<Briefing>& before, const Briefing& briefing);
bool was_last_before_start(const std::optional<Briefing>& before, const Briefing& briefing);

// What crew and owner are shown.
WeatherView weather_view(const std::optional<WeatherWatch>& watch, const WeatherSite& site,
                         const std::string& zone, base::Instant now);

}  // namespace domain
