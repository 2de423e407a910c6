#include "app/say_weather.h"

#include <cmath>

#include "app/say_times.h"

namespace app {

using base::Words;
using domain::Measure;
using domain::Verdict;
using domain::WeatherView;

namespace {

constexpr double feet_per_metre = 3.28084;
constexpr double metres_per_mile = 1852;
constexpr double whole_from = 10;  // from here on a tenth tells nobody anything

std::string whole(double figure) {
  return std::to_string(std::llround(figure));
}

std::string tenths(double figure) {
  const long long all = std::llround(figure * 10);
  const std::string sign = all < 0 ? "\u2212" : "";
  return sign + std::to_string(std::abs(all) / 10) + "." + std::to_string(std::abs(all) % 10);
}

std::string miles(double metres) {
  const double figure = metres / metres_per_mile;
  return figure < whole_from ? tenths(figure) : whole(figure);
}

std::string clock(base::Instant instant, const WeatherView& view, const Words& words) {
  return say_clock(base::at(instant, view.zone), words);
}

std::string height(double metres, const Words& words) {
  return words.say("weather.height",
                   {{"metres", tenths(metres)}, {"feet", tenths(metres * feet_per_metre)}});
}

// One of sixteen winds.
std::string from_where(double degrees, const Words& words) {
  const auto winds = words.list("weather.winds");
  if (winds.empty()) return {};
  const double sector = 360.0 / static_cast<double>(winds.size());
  return winds[static_cast<std::size_t>(std::llround(degrees / sector)) % winds.size()];
}

std::string say_wind(const WeatherView& view, const Words& words) {
  const std::string low = whole(view.least_wind_knots->figure);
  const std::string high = whole(view.wind_knots->figure);
  const std::string from =
      view.wind_from_degrees ? from_where(*view.wind_from_degrees, words) + " " : "";
  return from + words.say("weather.knots", {{"figure", low == high ? low : low + "–" + high}});
}

std::string say_figure(Measure measure, double figure, const Words& words) {
  if (measure == Measure::waves) return height(figure, words);
  if (measure == Measure::visibility)
    return words.say("weather.miles", {{"figure", miles(figure)}});
  return words.say("weather.knots", {{"figure", whole(figure)}});
}

std::string say_measure(Measure measure, const Words& words) {
  switch (measure) {
    case Measure::wind:
      return words.say("weather.wind");
    case Measure::gusts:
      return words.say("weather.gusts");
    case Measure::waves:
      return words.say("weather.waves");
    case Measure::visibility:
      break;
  }
  return words.say("weather.visibility");
}

std::string up_to(const std::string& figure, base::Instant at, const WeatherView& view,
                  const Words& words) {
  return words.say("weather.up_to", {{"figure", figure}, {"clock", clock(at, view, words)}});
}

void add_forecast(std::vector<WeatherFact>& facts, const WeatherView& view, const Words& words) {
  if (view.wind_knots && view.least_wind_knots)
    facts.push_back({words.say("weather.wind"), say_wind(view, words)});
  const auto add = [&](const std::string& label, const std::optional<WeatherView::Peak>& peak,
                       Measure measure) {
    if (peak)
      facts.push_back(
          {label, up_to(say_figure(measure, peak->figure, words), peak->at, view, words)});
  };
  add(words.say("weather.gusts"), view.gust_knots, Measure::gusts);
  add(words.say("weather.waves"), view.wave_metres, Measure::waves);
  add(words.say("weather.swell"), view.swell_metres, Measure::waves);
  if (const auto& least = view.least_visibility_metres)
    facts.push_back({words.say("weather.visibility"),
                     words.say("weather.at_least",
                               {{"figure", say_figure(Measure::visibility, least->figure, words)},
                                {"clock", clock(least->at, view, words)}})});
  if (const auto& rain = view.precipitation_percent)
    facts.push_back({words.say("weather.rain"),
                     words.say("weather.chance", {{"figure", whole(rain->figure)}})});
}

void add_tides(std::vector<WeatherFact>& facts, const WeatherView& view, const Words& words) {
  std::string said;
  for (const domain::TideTurn& turn : view.tides) {
    if (!said.empty()) said += ", ";
    const std::string when = clock(turn.at, view, words);
    const std::string how_high = height(turn.height_metres, words);
    said += turn.kind == domain::TideTurn::Kind::high
                ? words.say("weather.high", {{"clock", when}, {"height", how_high}})
                : words.say("weather.low", {{"clock", when}, {"height", how_high}});
  }
  if (said.empty()) return;
  facts.push_back(
      {words.say("weather.tide"),
       words.say("weather.tide_at",
                 {{"turns", said}, {"station", view.tide_station}, {"source", view.tide_source}})});
}

void add_sun(std::vector<WeatherFact>& facts, const WeatherView& view, const Words& words) {
  std::string said;
  for (const domain::SunTimes& day : view.sun) {
    if (!said.empty()) said += "; ";
    said += words.say("weather.sun_says", {{"rises", clock(day.rises, view, words)},
                                           {"sets", clock(day.sets, view, words)}});
  }
  if (!said.empty()) facts.push_back({words.say("weather.sun"), said});
}

std::string say_age(base::minutes age, const Words& words) {
  const auto count = [](auto span) { return std::to_string(span.count()); };
  using std::chrono::floor;
  if (age < base::minutes(1)) return words.say("weather.just_now");
  if (age < std::chrono::hours(1))
    return age == base::minutes(1) ? words.say("time.one_minute")
                                   : words.say("time.minutes", {{"count", count(age)}});
  const auto hours = floor<std::chrono::hours>(age);
  if (hours == std::chrono::hours(1)) return words.say("time.one_hour");
  if (hours < std::chrono::hours(48)) return words.say("time.hours", {{"count", count(hours)}});
  return words.say("time.days", {{"count", count(floor<std::chrono::days>(age))}});
}

}  // namespace

std::string say_weather_time(base::Instant instant, const std::string& zone, const Words& words) {
  const base::Moment moment = base::at(instant, zone);
  return words.say("weather.time", {{"day", say_day_short(moment, words)},
                                    {"clock", say_clock(moment, words)},
                                    {"zone", say_zone(moment)}});
}

std::vector<std::string> say_limits(const domain::WeatherLimits& limits, const Words& words) {
  std::vector<std::string> said;
  for (const Measure measure : domain::all_measures) {
    const domain::WeatherLimit& limit = limits.of(measure);
    if (!limit.is_set()) continue;
    const std::string name = say_measure(measure, words);
    const auto figure = [&](const std::optional<double>& one) {
      return one ? say_figure(measure, *one, words) : words.say("weather.no_figure");
    };
    said.push_back(words.say(
        "weather.limit",
        {{"measure", name}, {"caution", figure(limit.caution)}, {"no_go", figure(limit.no_go)}}));
  }
  return said;
}

std::string say_hour(const domain::WeatherHour& hour, const Words& words) {
  std::string said;
  const auto add = [&](const std::string& label, const std::string& value) {
    said += (said.empty() ? "" : ", ") + label + " " + value;
  };
  const std::string from =
      hour.wind_from_degrees ? from_where(*hour.wind_from_degrees, words) + " " : "";
  if (hour.wind_knots)
    add(words.say("weather.wind"), from + say_figure(Measure::wind, *hour.wind_knots, words));
  if (hour.gust_knots)
    add(words.say("weather.gusts"), say_figure(Measure::gusts, *hour.gust_knots, words));
  if (hour.wave_metres) add(words.say("weather.waves"), height(*hour.wave_metres, words));
  if (hour.swell_metres) add(words.say("weather.swell"), height(*hour.swell_metres, words));
  if (hour.visibility_metres)
    add(words.say("weather.visibility"),
        say_figure(Measure::visibility, *hour.visibility_metres, words));
  if (hour.precipitation_percent)
    add(words.say("weather.rain"),
        words.say("weather.percent", {{"figure", whole(*hour.precipitation_percent)}}));
  return said;
}

std::string say_verdict(Verdict verdict, const Words& words) {
  switch (verdict) {
    case Verdict::go:
      return words.say("weather.verdict_go");
    case Verdict::unknown:
      return words.say("weather.verdict_unknown");
    case Verdict::caution:
      return words.say("weather.verdict_caution");
    case Verdict::no_go:
      break;
  }
  return words.say("weather.verdict_no_go");
}

std::vector<std::string> say_reasons(const domain::Judgement& judgement, const std::string& zone,
                                     const Words& words) {
  std::vector<std::string> said;
  said.reserve(judgement.reasons.size());
  for (const domain::WeatherReason& reason : judgement.reasons)
    said.push_back(
        words.say("weather.reason", {{"measure", say_measure(reason.measure, words)},
                                     {"figure", say_figure(reason.measure, reason.figure, words)},
                                     {"clock", say_clock(base::at(reason.at, zone), words)},
                                     {"limit", say_figure(reason.measure, reason.limit, words)}}));
  for (const Measure measure : judgement.missing)
    said.push_back(words.say("weather.not_forecast", {{"measure", say_measure(measure, words)}}));
  if (said.empty()) said.push_back(words.say("weather.within_limits"));
  return said;
}

std::vector<WeatherFact> say_weather(const WeatherView& view, const Words& words) {
  std::vector<WeatherFact> facts;
  if (view.state == WeatherView::State::known) add_forecast(facts, view, words);
  add_tides(facts, view, words);
  add_sun(facts, view, words);
  return facts;
}

std::string say_weather_source(const WeatherView& view, const Words& words) {
  if (view.state != WeatherView::State::known) return {};
  return words.say("weather.source",
                   {{"source", view.source},
                    {"issued", say_weather_time(view.issued_at, view.zone, words)},
                    {"read", say_weather_time(view.got_at, view.zone, words)},
                    {"age", say_age(view.age, words)}});
}

std::string say_weather_gap(const WeatherView& view, const Words& words) {
  if (view.state == WeatherView::State::no_such_place) return words.say("weather.no_such_place");
  if (view.missing_since) {
    const std::string since = say_weather_time(*view.missing_since, view.zone, words);
    return view.state == WeatherView::State::known
               ? words.say("weather.missing_since", {{"time", since}})
               : words.say("weather.none_since", {{"time", since}});
  }
  if (view.state == WeatherView::State::known) return {};
  if (!view.comes_at) return words.say("weather.not_yet");
  return words.say("weather.comes",
                   {{"day", say_day_short(base::at(*view.comes_at, view.zone), words)}});
}

}  // namespace app
