// When a charter's weather is asked for, what of it is kept, and what is shown of it.
#include "domain/briefing.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using State = WeatherView::State;

constexpr const char* zone = "America/Los_Angeles";

const base::Instant start = base::parse_utc("2027-05-30T23:30:00Z").value();
const Interval trip{start, start + hours(3)};

WeatherSite site() {
  return {trip, 32.7252, -117.205, "9410170", {{18, 25}, {}, {}, {}}};
}

Briefing briefing(base::Instant got_at, double wind_knots = 10) {
  Briefing made;
  made.got_at = got_at;
  made.site = site();
  made.forecast = {"National Weather Service", got_at - minutes(30), {}};
  for (int i = 0; i < 4; ++i)
    made.forecast.hours.push_back({start - minutes(30) + hours(i), wind_knots + i, 20.0 + i, 270,
                                   0.5, 0.9 - 0.1 * i, 16000.0 - 1000 * i, 5.0 * i});
  made.judgement = judge(made.forecast.hours, made.site.limits, trip);
  return made;
}

WeatherWatch watch(const Briefing& last) {
  WeatherWatch made;
  made.site = last.site;
  made.ask_again_at = next_asking(trip, last.got_at);
  made.last = last;
  return made;
}

TEST(Briefing, is_asked_for_in_the_last_week_until_the_end) {
  EXPECT_FALSE(is_due({}, site(), start - forecast_reaches - minutes(1)));
  EXPECT_TRUE(is_due({}, site(), start - forecast_reaches));
  EXPECT_TRUE(is_due({}, site(), trip.until - minutes(1)));
  EXPECT_FALSE(is_due({}, site(), trip.until));
}

TEST(Briefing, four_times_a_day_then_each_hour) {
  EXPECT_EQ(next_asking(trip, start - hours(100)), start - hours(94));
  EXPECT_EQ(next_asking(trip, start - hours(50)), start - hours(48)) << "no later than it is near";
  EXPECT_EQ(next_asking(trip, start - hours(48)), start - hours(47));
  EXPECT_EQ(next_asking(trip, start + hours(1)), start + hours(2));
  const auto known = watch(briefing(start - hours(10)));
  EXPECT_FALSE(is_due(known, site(), start - hours(10) + minutes(59)));
  EXPECT_TRUE(is_due(known, site(), start - hours(9)));
}

TEST(Briefing, after_failures_less_and_less_often) {
  const auto wait = [](int failures) { return next_asking_after(failures, 0, start) - start; };
  EXPECT_GT(wait(1), minutes(3));
  EXPECT_LT(wait(1), minutes(6));
  EXPECT_GT(wait(2), wait(1));
  EXPECT_EQ(wait(40), hours(1));
}

TEST(Briefing, another_trip_place_or_limit_is_asked_about_at_once) {
  const auto known = watch(briefing(start - hours(10)));
  const auto now = start - hours(10);
  EXPECT_FALSE(is_due(known, site(), now));
  auto other = site();
  other.trip.until += minutes(30);
  EXPECT_TRUE(is_due(known, other, now));
  other = site();
  other.latitude = 33;
  EXPECT_TRUE(is_due(known, other, now));
  other = site();
  other.limits.gust_knots.no_go = 30;
  EXPECT_TRUE(is_due(known, other, now));
}

TEST(Briefing, keeps_the_first_the_different_and_the_last_before_the_start) {
  const auto first = briefing(start - hours(20));
  EXPECT_TRUE(is_kept({}, first));
  EXPECT_FALSE(is_kept(first, briefing(start - hours(19))));
  EXPECT_TRUE(is_kept(first, briefing(start - hours(19), 17)));
  auto moved = briefing(start - hours(19));
  moved.site.trip.until += hours(1);
  EXPECT_TRUE(is_kept(first, moved));
  EXPECT_FALSE(was_last_before_start(first, briefing(start - minutes(1))));
  EXPECT_TRUE(was_last_before_start(first, briefing(start)));
  EXPECT_FALSE(was_last_before_start(briefing(start), briefing(start + hours(1))));
  EXPECT_FALSE(was_last_before_start({}, briefing(start)));
}

TEST(Briefing, shows_what_is_worst_and_when) {
  const auto now = start - hours(10) + minutes(42);
  const auto view = weather_view(watch(briefing(start - hours(10))), site(), zone, now);
  EXPECT_EQ(view.state, State::known);
  EXPECT_FALSE(view.missing_since);
  EXPECT_EQ(view.age, minutes(42));
  EXPECT_EQ(view.wind_from_degrees, 270);
  EXPECT_EQ(view.least_wind_knots->figure, 10);
  EXPECT_EQ(view.wind_knots->figure, 13);
  EXPECT_EQ(view.wind_knots->at, start + hours(3) - minutes(30));
  EXPECT_EQ(view.swell_metres->figure, 0.9);
  EXPECT_EQ(view.least_visibility_metres->figure, 13000);
  EXPECT_EQ(view.precipitation_percent->figure, 15);
  EXPECT_EQ(view.judgement->verdict, Verdict::go);
  ASSERT_EQ(view.sun.size(), 1U);
  EXPECT_EQ(base::format_wall(base::at(view.sun[0].sets, zone).wall), "2027-05-30T19:50");
}

TEST(Briefing, says_since_when_it_is_missing) {
  auto known = watch(briefing(start - hours(10)));
  const auto shown = [&](base::Instant now) { return weather_view(known, site(), zone, now); };
  EXPECT_FALSE(shown(start - hours(8)).missing_since);
  EXPECT_EQ(shown(start - hours(7)).missing_since, start - hours(9)) << "nobody renewed it";
  known.missing_since = start - hours(9) + minutes(5);
  EXPECT_EQ(shown(start - hours(8)).missing_since, start - hours(9) + minutes(5));
  known.missing_since.reset();
  EXPECT_FALSE(shown(trip.until + hours(5)).missing_since) << "it is over";
  known.last->got_at = start - minutes(1);
  known.last->forecast.issued_at = start - hours(30);
  EXPECT_EQ(shown(start).missing_since, start - hours(6)) << "the service itself is behind";
}

TEST(Briefing, shows_no_forecast_of_another_time) {
  auto moved = site();
  moved.trip.until += hours(1);
  const auto known = watch(briefing(start - hours(10)));
  EXPECT_EQ(weather_view(known, moved, zone, start - hours(9)).state, State::not_yet);
  auto failing = known;
  failing.site = moved;
  failing.missing_since = start - hours(9);
  const auto view = weather_view(failing, moved, zone, start - hours(8));
  EXPECT_EQ(view.state, State::not_yet);
  EXPECT_EQ(view.missing_since, start - hours(9));
}

TEST(Briefing, before_the_last_week_says_when_it_comes) {
  const auto view = weather_view({}, site(), zone, start - hours(400));
  EXPECT_EQ(view.state, State::not_yet);
  EXPECT_EQ(view.comes_at, start - forecast_reaches);
  EXPECT_FALSE(weather_view({}, site(), zone, start - hours(40)).comes_at);
}

TEST(Briefing, a_trip_over_night_has_two_suns) {
  auto night = site();
  night.trip.until = start + hours(15);
  EXPECT_EQ(weather_view({}, night, zone, start).sun.size(), 2U);
}

TEST(Briefing, only_a_known_place_has_a_site) {
  Vessel vessel;
  vessel.tide_station = "9410170";
  EXPECT_FALSE(site_of(trip, {"dock", {}, {}}, &vessel));
  EXPECT_FALSE(site_of(trip, {"dock", 32.0, -117.0}, nullptr));
  EXPECT_EQ(site_of(trip, {"dock", 32.0, -117.0}, &vessel)->tide_station, "9410170");
}

}  // namespace
}  // namespace domain
