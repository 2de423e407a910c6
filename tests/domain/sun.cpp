// Sunrise and sunset, beside those of PyEphem 4, which reckons in another way (VSOP87), for the
// same height of the sun's centre.
#include "domain/sun.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Instant at(const char* utc) {
  return base::parse_utc(utc).value();
}

struct Case {
  const char* noon;  // by the clock, at the dock
  double latitude;
  double longitude;
  const char* rises;
  const char* sets;
};

// San Diego in summer and winter, Newport, Lisbon, Helsinki's longest and shortest day, Auckland,
// the equator, Honolulu on a leap day; Samoa and Kiritimati, whose day is not that of their
// longitude; New York.
constexpr Case cases[] = {
    {"2027-05-30T19:00:00Z", 32.7252, -117.205, "2027-05-30T12:42:25Z", "2027-05-31T02:50:38Z"},
    {"2026-12-21T20:00:00Z", 32.7252, -117.205, "2026-12-21T14:47:10Z", "2026-12-22T00:46:55Z"},
    {"2027-03-20T16:00:00Z", 41.52, -71.32, "2027-03-20T10:48:57Z", "2027-03-20T22:57:16Z"},
    {"2026-11-26T12:00:00Z", 38.7, -9.1, "2026-11-26T07:30:19Z", "2026-11-26T17:16:46Z"},
    {"2027-06-21T09:00:00Z", 60.17, 24.94, "2027-06-21T00:54:00Z", "2027-06-21T19:50:00Z"},
    {"2026-12-21T10:00:00Z", 60.17, 24.94, "2026-12-21T07:23:50Z", "2026-12-21T13:12:42Z"},
    {"2027-01-14T23:00:00Z", -36.84, 174.76, "2027-01-14T17:17:34Z", "2027-01-15T07:42:16Z"},
    {"2027-09-23T12:00:00Z", 0, 0, "2027-09-23T05:49:12Z", "2027-09-23T17:55:40Z"},
    {"2028-02-29T22:00:00Z", 21.3, -157.86, "2028-02-29T16:52:06Z", "2028-03-01T04:35:42Z"},
    {"2027-07-03T23:00:00Z", -13.83, -171.77, "2027-07-03T17:51:32Z", "2027-07-04T05:11:19Z"},
    {"2027-04-09T22:00:00Z", 1.87, -157.43, "2027-04-09T16:26:57Z", "2027-04-10T04:35:34Z"},
    {"2027-10-31T16:00:00Z", 40.7, -74.0, "2027-10-31T11:24:58Z", "2027-10-31T21:53:44Z"},
};

double seconds_between(base::Instant one, base::Instant other) {
  return std::abs(std::chrono::duration<double>(one - other).count());
}

TEST(Sun, rises_and_sets_where_another_reckoning_has_it) {
  for (const Case& one : cases) {
    const auto sun = sun_times(at(one.noon), one.latitude, one.longitude);
    ASSERT_TRUE(sun) << one.noon;
    EXPECT_LT(seconds_between(sun->rises, at(one.rises)), 30)
        << one.noon << " rises " << base::format_utc(sun->rises);
    EXPECT_LT(seconds_between(sun->sets, at(one.sets)), 30)
        << one.noon << " sets " << base::format_utc(sun->sets);
  }
}

TEST(Sun, the_day_is_that_of_the_nearest_noon) {
  const auto sun = sun_times(at("2027-05-30T08:30:00Z"), 32.7252, -117.205);  // 1:30 at night
  ASSERT_TRUE(sun);
  EXPECT_EQ(base::format_utc(sun->rises).substr(0, 10), "2027-05-30");
}

TEST(Sun, beyond_the_polar_circles_there_are_days_without_either) {
  EXPECT_FALSE(sun_times(at("2027-06-21T10:00:00Z"), 69.65, 18.96));  // Tromsø
  EXPECT_FALSE(sun_times(at("2026-12-21T10:00:00Z"), 69.65, 18.96));
  EXPECT_TRUE(sun_times(at("2027-03-21T10:00:00Z"), 69.65, 18.96));
  EXPECT_FALSE(sun_times(at("2027-06-21T12:00:00Z"), 90, 0));
}

}  // namespace
}  // namespace domain
