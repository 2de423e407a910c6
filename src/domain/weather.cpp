#include "domain/weather.h"

#include <algorithm>

namespace domain {

namespace {

constexpr std::chrono::hours one_hour{1};

bool is_past(Measure measure, double figure, const std::optional<double>& limit) {
  if (!limit) return false;
  return measure == Measure::visibility ? figure <= *limit : figure >= *limit;
}

bool is_worse(Measure measure, double figure, double other) {
  return measure == Measure::visibility ? figure < other : figure > other;
}

std::optional<double> greater(const std::optional<double>& one, const std::optional<double>& two) {
  if (one && two) return std::max(*one, *two);
  return one ? one : two;
}

// The worst figure of the trip's hours; nullopt with is_missing: none is forecast at all.
struct Worst {
  std::optional<WeatherHour> hour;
  bool is_missing = false;
};

Worst worst_of(const std::vector<WeatherHour>& hours, Measure measure, const Interval& trip) {
  Worst worst;
  auto covered = std::chrono::floor<std::chrono::hours>(trip.from);
  for (const WeatherHour& hour : hours) {
    const auto figure = figure_of(hour, measure);
    if (!figure) continue;
    if (hour.at <= covered)
      covered = std::max(covered, std::chrono::floor<std::chrono::hours>(hour.at + one_hour));
    if (!worst.hour || is_worse(measure, *figure, *figure_of(*worst.hour, measure)))
      worst.hour = hour;
  }
  worst.is_missing = covered < trip.until;
  return worst;
}

}  // namespace

std::string_view name_of(Measure measure) {
  switch (measure) {
    case Measure::wind:
      return "wind";
    case Measure::gusts:
      return "gusts";
    case Measure::waves:
      return "waves";
    case Measure::visibility:
      return "visibility";
  }
  return "";
}

std::optional<Measure> measure_from(std::string_view name) {
  for (const Measure measure : all_measures)
    if (name_of(measure) == name) return measure;
  return std::nullopt;
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::go:
      return "go";
    case Verdict::unknown:
      return "unknown";
    case Verdict::caution:
      return "caution";
    case Verdict::no_go:
      return "no_go";
  }
  return "";
}

std::optional<Verdict> verdict_from(std::string_view name) {
  for (const Verdict verdict : {Verdict::go, Verdict::unknown, Verdict::caution, Verdict::no_go})
    if (name_of(verdict) == name) return verdict;
  return std::nullopt;
}

const WeatherLimit& WeatherLimits::of(Measure measure) const {
  switch (measure) {
    case Measure::wind:
      return wind_knots;
    case Measure::gusts:
      return gust_knots;
    case Measure::waves:
      return wave_metres;
    case Measure::visibility:
      break;
  }
  return visibility_metres;
}

bool WeatherLimits::any() const {
  return std::ranges::any_of(all_measures,
                             [this](Measure measure) { return of(measure).is_set(); });
}

std::optional<double> figure_of(const WeatherHour& hour, Measure measure) {
  switch (measure) {
    case Measure::wind:
      return hour.wind_knots;
    case Measure::gusts:
      return hour.gust_knots;
    case Measure::waves:
      return greater(hour.wave_metres, hour.swell_metres);
    case Measure::visibility:
      break;
  }
  return hour.visibility_metres;
}

std::vector<WeatherHour> hours_within(const std::vector<WeatherHour>& hours, const Interval& trip) {
  std::vector<WeatherHour> within;
  for (const WeatherHour& hour : hours)
    if (trip.overlaps({hour.at, hour.at + one_hour})) within.push_back(hour);
  return within;
}

std::vector<TideTurn> turns_around(const std::vector<TideTurn>& turns, const Interval& trip) {
  std::vector<TideTurn> around;
  for (const TideTurn& turn : turns) {
    if (turn.at < trip.from) around.clear();
    around.push_back(turn);
    if (turn.at >= trip.until) break;
  }
  return around;
}

std::optional<Judgement> judge(const std::vector<WeatherHour>& hours, const WeatherLimits& limits,
                               const Interval& trip) {
  if (!limits.any()) return std::nullopt;
  const std::vector<WeatherHour> within = hours_within(hours, trip);
  Judgement judgement{Verdict::go, {}, {}};
  for (const Measure measure : all_measures) {
    const WeatherLimit& limit = limits.of(measure);
    if (!limit.is_set()) continue;
    const Worst worst = worst_of(within, measure, trip);
    if (worst.is_missing) judgement.missing.push_back(measure);
    if (!worst.hour) continue;
    const double figure = *figure_of(*worst.hour, measure);
    const bool stays = is_past(measure, figure, limit.no_go);
    if (!stays && !is_past(measure, figure, limit.caution)) continue;
    judgement.reasons.push_back({measure, stays ? Verdict::no_go : Verdict::caution, figure,
                                 stays ? *limit.no_go : *limit.caution, worst.hour->at});
    judgement.verdict = std::max(judgement.verdict, judgement.reasons.back().verdict);
  }
  if (!judgement.missing.empty()) judgement.verdict = std::max(judgement.verdict, Verdict::unknown);
  return judgement;
}

}  // namespace domain
