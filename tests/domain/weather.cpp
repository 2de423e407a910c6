// What a vessel bears, hour by hour, and what nobody forecast.
#include "domain/weather.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

base::Instant at(const char* utc) {
  return base::parse_utc(utc).value();
}

const Interval trip{at("2027-05-30T23:30:00Z"), at("2027-05-31T02:30:00Z")};

WeatherLimits limits() {
  return {{18, 25}, {22, 30}, {1.0, 1.8}, {3000, 1000}};
}

// Calm, for the hours from 20:00 to 06:00.
std::vector<WeatherHour> calm() {
  std::vector<WeatherHour> made;
  for (int i = 0; i < 10; ++i)
    made.push_back({at("2027-05-30T20:00:00Z") + hours(i), 8, 12, 270, 0.4, 0.6, 16000, 5});
  return made;
}

TEST(Weather, calm_is_go) {
  const auto judged = judge(calm(), limits(), trip);
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->verdict, Verdict::go);
  EXPECT_TRUE(judged->reasons.empty());
  EXPECT_TRUE(judged->missing.empty());
}

TEST(Weather, without_limits_there_is_no_verdict) {
  EXPECT_FALSE(judge(calm(), {}, trip));
}

struct Case {
  const char* what;
  double value;
  std::optional<double> WeatherHour::* figure;
  Measure measure;
  Verdict verdict;
};

TEST(Weather, each_measure_has_its_edges) {
  const Case cases[] = {
      {"wind below", 17.9, &WeatherHour::wind_knots, Measure::wind, Verdict::go},
      {"wind at", 18, &WeatherHour::wind_knots, Measure::wind, Verdict::caution},
      {"wind over", 25, &WeatherHour::wind_knots, Measure::wind, Verdict::no_go},
      {"gusts at", 22, &WeatherHour::gust_knots, Measure::gusts, Verdict::caution},
      {"gusts over", 31, &WeatherHour::gust_knots, Measure::gusts, Verdict::no_go},
      {"waves", 1.0, &WeatherHour::wave_metres, Measure::waves, Verdict::caution},
      {"swell", 1.8, &WeatherHour::swell_metres, Measure::waves, Verdict::no_go},
      {"clear", 3001, &WeatherHour::visibility_metres, Measure::visibility, Verdict::go},
      {"haze", 3000, &WeatherHour::visibility_metres, Measure::visibility, Verdict::caution},
      {"fog", 999, &WeatherHour::visibility_metres, Measure::visibility, Verdict::no_go},
  };
  for (const Case& one : cases) {
    auto hours_of_day = calm();
    hours_of_day[5].*one.figure = one.value;  // 01:00, within the trip
    const auto judged = judge(hours_of_day, limits(), trip);
    ASSERT_TRUE(judged);
    EXPECT_EQ(judged->verdict, one.verdict) << one.what;
    if (one.verdict == Verdict::go) continue;
    ASSERT_EQ(judged->reasons.size(), 1U) << one.what;
    EXPECT_EQ(judged->reasons[0].measure, one.measure) << one.what;
    EXPECT_EQ(judged->reasons[0].figure, one.value) << one.what;
    EXPECT_EQ(judged->reasons[0].at, at("2027-05-31T01:00:00Z")) << one.what;
  }
}

TEST(Weather, only_the_hours_of_the_trip_count) {
  auto day = calm();
  day[2].gust_knots = 40;  // 22:00 to 23:00, before
  day[7].gust_knots = 40;  // 03:00, after
  EXPECT_EQ(judge(day, limits(), trip)->verdict, Verdict::go);
  day[3].gust_knots = 40;  // 23:00 to 00:00: it starts at 23:30
  EXPECT_EQ(judge(day, limits(), trip)->verdict, Verdict::no_go);
}

TEST(Weather, what_is_limited_and_not_forecast_is_no_go_ahead) {
  auto day = calm();
  for (WeatherHour& hour : day) hour.wave_metres = hour.swell_metres = std::nullopt;
  auto judged = judge(day, limits(), trip);
  EXPECT_EQ(judged->verdict, Verdict::unknown);
  EXPECT_EQ(judged->missing, std::vector{Measure::waves});
  day[5].gust_knots = 23;
  judged = judge(day, limits(), trip);
  EXPECT_EQ(judged->verdict, Verdict::caution) << "what is known against it counts";
  EXPECT_EQ(judged->missing, std::vector{Measure::waves});
}

TEST(Weather, one_hour_without_a_figure_is_a_gap) {
  for (const std::size_t gap : {3U, 4U, 5U, 6U}) {
    auto day = calm();
    day[gap].visibility_metres.reset();
    EXPECT_EQ(judge(day, limits(), trip)->missing, std::vector{Measure::visibility}) << gap;
    day = calm();
    day.erase(day.begin() + static_cast<std::ptrdiff_t>(gap));
    EXPECT_EQ(judge(day, limits(), trip)->missing.size(), 4U) << gap;
  }
  EXPECT_EQ(judge({}, limits(), trip)->verdict, Verdict::unknown);
}

TEST(Weather, the_tide_before_within_and_after) {
  std::vector<TideTurn> turns;
  for (const char* utc : {"2027-05-30T10:00:00Z", "2027-05-30T16:00:00Z", "2027-05-30T22:10:00Z",
                          "2027-05-31T00:20:00Z", "2027-05-31T04:30:00Z", "2027-05-31T10:00:00Z"})
    turns.push_back({at(utc), TideTurn::Kind::high, 1});
  const auto around = turns_around(turns, trip);
  ASSERT_EQ(around.size(), 3U);
  EXPECT_EQ(around.front().at, at("2027-05-30T22:10:00Z"));
  EXPECT_EQ(around.back().at, at("2027-05-31T04:30:00Z"));
  EXPECT_TRUE(turns_around({}, trip).empty());
}

TEST(Weather, names_lead_back) {
  for (const Measure measure : all_measures) EXPECT_EQ(measure_from(name_of(measure)), measure);
  for (const Verdict verdict : {Verdict::go, Verdict::unknown, Verdict::caution, Verdict::no_go})
    EXPECT_EQ(verdict_from(name_of(verdict)), verdict);
  EXPECT_FALSE(verdict_from("maybe"));
}

}  // namespace
}  // namespace domain
