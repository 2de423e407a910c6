#include "domain/civil_hours.h"

#include <gtest/gtest.h>

namespace {

using base::minutes;
using domain::CivilHours;

constexpr const char* zone = "America/Los_Angeles";
constexpr CivilHours house{minutes(8 * 60), minutes(20 * 60)};

base::Instant utc(const char* text) {
  return *base::parse_utc(text);
}
// What the dock's clock shows in plain time (UTC-8) and in summer (UTC-7).
base::Instant wall(const char* text) {
  return base::resolve(*base::parse_written_time(text), zone)->utc;
}

TEST(CivilHours, begin_with_the_first_minute_and_end_before_the_last) {
  EXPECT_FALSE(domain::is_civil(wall("2027-05-30T07:59"), house, zone));
  EXPECT_TRUE(domain::is_civil(wall("2027-05-30T08:00"), house, zone));
  EXPECT_TRUE(domain::is_civil(wall("2027-05-30T19:59"), house, zone));
  EXPECT_FALSE(domain::is_civil(wall("2027-05-30T20:00"), house, zone));
}

TEST(CivilHours, wait_for_the_morning) {
  EXPECT_EQ(domain::next_civil(wall("2027-05-30T12:34"), house, zone), wall("2027-05-30T12:34"));
  EXPECT_EQ(domain::next_civil(wall("2027-05-30T03:00"), house, zone), wall("2027-05-30T08:00"));
  EXPECT_EQ(domain::next_civil(wall("2027-05-30T20:00"), house, zone), wall("2027-05-31T08:00"));
}

TEST(CivilHours, let_no_time_pass_at_night) {
  EXPECT_EQ(domain::after_civil(wall("2027-05-30T18:00"), minutes(240), house, zone),
            wall("2027-05-31T10:00"));
  EXPECT_EQ(domain::after_civil(wall("2027-05-30T22:00"), minutes(60), house, zone),
            wall("2027-05-31T09:00"));
  // What ends with the day ends that evening, not the next morning.
  EXPECT_EQ(domain::after_civil(wall("2027-05-30T18:00"), minutes(120), house, zone),
            wall("2027-05-30T20:00"));
  EXPECT_EQ(domain::after_civil(wall("2027-05-30T18:00"), minutes(26 * 60), house, zone),
            wall("2027-06-01T20:00"));
}

// The night is 11 hours long in spring and 13 in autumn; the mornings are at eight all the same.
TEST(CivilHours, keep_to_the_docks_clock_when_it_is_changed) {
  const auto spring_evening = utc("2027-03-14T03:00:00Z");  // 13 March, 19:00 PST
  EXPECT_EQ(domain::after_civil(spring_evening, minutes(120), house, zone),
            utc("2027-03-14T16:00:00Z"));                   // 09:00 PDT
  const auto autumn_evening = utc("2027-11-07T02:00:00Z");  // 6 November, 19:00 PDT
  EXPECT_EQ(domain::after_civil(autumn_evening, minutes(120), house, zone),
            utc("2027-11-07T17:00:00Z"));  // 09:00 PST
}

TEST(CivilHours, know_bounds_that_a_night_skips_or_shows_twice) {
  constexpr CivilHours nightly{minutes(150), minutes(600)};  // from 02:30
  using namespace std::chrono;
  EXPECT_EQ(domain::civil_part(2027y / March / 14, nightly, zone).from, wall("2027-03-14T03:30"));
  constexpr CivilHours early{minutes(90), minutes(600)};  // from 01:30, which is twice
  EXPECT_EQ(domain::civil_part(2027y / November / 7, early, zone).from,
            utc("2027-11-07T08:30:00Z"));
}

}  // namespace
