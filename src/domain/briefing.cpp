#include "domain/briefing.h"

#include <algorithm>
#include <tuple>

#include "domain/job.h"

namespace domain {

using std::chrono::hours;

namespace {

constexpr hours asked_each_near{1};
constexpr hours asked_each_far{6};
// The service makes a new one several times a day.
constexpr hours forecast_fresh{24};
// The first wait after a failure is some four minutes.
constexpr int failures_before_first = 7;

hours asked_each(const Interval& trip, base::Instant now) {
  return trip.from - now <= trip_is_near ? asked_each_near : asked_each_far;
}

// A briefing that nobody renewed when it was due, or with a forecast that was old when it came,
// whatever the reason.
std::optional<base::Instant> old_since(const Briefing& briefing, base::Instant now) {
  const hours each = asked_each(briefing.site.trip, now);
  if (now >= briefing.site.trip.until) return std::nullopt;
  if (now - briefing.got_at > 2 * each) return briefing.got_at + each;
  const base::Instant fresh_until = briefing.forecast.issued_at + forecast_fresh;
  return now > fresh_until ? std::optional(fresh_until) : std::nullopt;
}

enum class Extreme { greatest, least };

std::optional<WeatherView::Peak> peak_of(const std::vector<WeatherHour>& trip,
                                         std::optional<double> WeatherHour::* figure,
                                         Extreme extreme) {
  std::optional<WeatherView::Peak> peak;
  for (const WeatherHour& hour : trip) {
    const std::optional<double>& one = hour.*figure;
    if (!one) continue;
    const bool beats =
        !peak || (extreme == Extreme::greatest ? *one > peak->figure : *one < peak->figure);
    if (beats) peak = {*one, hour.at};
  }
  return peak;
}

std::vector<SunTimes> sun_of(const WeatherSite& site, const std::string& zone) {
  std::vector<SunTimes> sun;
  const auto add = [&](std::chrono::year_month_day day) {
    const auto noon = base::start_of_day(day, zone) + hours(12);
    if (const auto times = sun_times(noon, site.latitude, site.longitude)) sun.push_back(*times);
  };
  const auto first = base::date_of(base::at(site.trip.from, zone).wall);
  const auto last = base::date_of(base::at(site.trip.until, zone).wall);
  add(first);
  if (last != first) add(last);
  return sun;
}

void show(WeatherView& view, const Briefing& briefing) {
  const std::vector<WeatherHour>& trip = briefing.forecast.hours;
  view.source = briefing.forecast.source;
  view.issued_at = briefing.forecast.issued_at;
  view.got_at = briefing.got_at;
  view.judgement = briefing.judgement;
  if (!trip.empty()) view.wind_from_degrees = trip.front().wind_from_degrees;
  view.wind_knots = peak_of(trip, &WeatherHour::wind_knots, Extreme::greatest);
  view.least_wind_knots = peak_of(trip, &WeatherHour::wind_knots, Extreme::least);
  view.gust_knots = peak_of(trip, &WeatherHour::gust_knots, Extreme::greatest);
  view.wave_metres = peak_of(trip, &WeatherHour::wave_metres, Extreme::greatest);
  view.swell_metres = peak_of(trip, &WeatherHour::swell_metres, Extreme::greatest);
  view.least_visibility_metres = peak_of(trip, &WeatherHour::visibility_metres, Extreme::least);
  view.precipitation_percent =
      peak_of(trip, &WeatherHour::precipitation_percent, Extreme::greatest);
  if (!briefing.tides) return;
  view.tide_source = briefing.tides->source;
  view.tide_station = briefing.tides->station;
  view.tides = briefing.tides->turns;
}

// The limits are the vessel's own: others do not make it another forecast.
bool is_of_same_trip(const WeatherSite& one, const WeatherSite& other) {
  return std::tie(one.trip.from, one.trip.until, one.latitude, one.longitude) ==
         std::tie(other.trip.from, other.trip.until, other.latitude, other.longitude);
}

}  // namespace

bool is_same(const WeatherSite& one, const WeatherSite& other) {
  return is_of_same_trip(one, other) && one.tide_station == other.tide_station &&
         one.limits == other.limits;
}

std::optional<WeatherSite> site_of(const Interval& trip, const Place& place, const Vessel* vessel) {
  if (!vessel || !place.latitude || !place.longitude) return std::nullopt;
  return WeatherSite{trip, *place.latitude, *place.longitude, vessel->tide_station,
                     vessel->weather_limits};
}

bool is_due(const std::optional<WeatherWatch>& watch, const WeatherSite& site, base::Instant now) {
  if (now < site.trip.from - forecast_reaches || now >= site.trip.until) return false;
  return !watch || watch->ask_again_at <= now || !is_same(watch->site, site);
}

base::Instant next_asking(const Interval& trip, base::Instant now) {
  const base::Instant next = now + asked_each(trip, now);
  const base::Instant near = trip.from - trip_is_near;
  return now < near ? std::min(next, near) : next;
}

base::Instant next_asking_after(int failures, unsigned char jitter, base::Instant now) {
  return now + backoff_after(failures + failures_before_first, jitter);
}

bool is_kept(const std::optional<Briefing>& before, const Briefing& briefing) {
  if (!before || !is_same(before->site, briefing.site)) return true;
  const auto verdict = [](const Briefing& one) {
    return one.judgement ? std::optional(one.judgement->verdict) : std::nullopt;
  };
  return verdict(*before) != verdict(briefing);
}

bool was_last_before_start(const std::optional<Briefing>& before, const Briefing& briefing) {
  const base::Instant start = briefing.site.trip.from;
  return before && is_of_same_trip(before->site, briefing.site) && before->got_at < start &&
         briefing.got_at >= start;
}

WeatherView weather_view(const std::optional<WeatherWatch>& watch, const WeatherSite& site,
                         const std::string& zone, base::Instant now) {
  WeatherView view;
  view.zone = zone;
  view.trip = site.trip;
  view.sun = sun_of(site, zone);
  if (now < site.trip.from - forecast_reaches) view.comes_at = site.trip.from - forecast_reaches;
  if (!watch || !is_of_same_trip(watch->site, site)) return view;
  view.missing_since = watch->missing_since;
  if (watch->coverage == WeatherWatch::Coverage::no_such_place) {
    view.state = WeatherView::State::no_such_place;
    return view;
  }
  if (!watch->last || !is_of_same_trip(watch->last->site, site)) return view;
  view.state = WeatherView::State::known;
  view.age = std::chrono::floor<base::minutes>(now - watch->last->got_at);
  if (!view.missing_since) view.missing_since = old_since(*watch->last, now);
  show(view, *watch->last);
  return view;
}

}  // namespace domain
