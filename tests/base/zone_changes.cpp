// Every change of every zone's clock from 2000 to 2040, as the C library finds them: what is
// skipped is refused, what comes twice is asked about, and each minute beside it is the instant it
// should be.
#include <array>
#include <cstdio>

#include <gtest/gtest.h>

#include "tests/base/zone_reader.h"

namespace base::testing {
namespace {

using namespace std::chrono_literals;

std::string clock_text(WallTime wall) {
  return format_wall(wall).substr(11);
}
std::string day_text(WallTime wall) {
  return format_wall(wall).substr(0, 10);
}
std::string offset_text(minutes offset) {
  char text[32];
  std::snprintf(text, sizeof text, "%c%02d:%02d", offset < 0min ? '-' : '+',
                static_cast<int>(abs(offset).count()) / 60,
                static_cast<int>(abs(offset).count()) % 60);
  return text;
}

std::string outcome(WallTime wall, std::optional<minutes> offset, const std::string& zone) {
  const auto moment = resolve({wall, offset}, zone);
  if (!moment) return moment.error().message;
  if (at(moment->utc, zone) != *moment) return "another time of day on the way back";
  return format_utc(moment->utc) + ' ' + offset_text(moment->offset);
}
std::string instant_text(WallTime wall, minutes offset) {
  return format_utc(Instant(wall.time_since_epoch() - offset)) + ' ' + offset_text(offset);
}

std::string in_gap(const ZoneChange& change, WallTime wall) {
  const WallTime next = change.last();
  const std::string day = day_text(next) == day_text(wall) ? "" : day_text(next) + ' ';
  return clock_text(wall) + " does not exist on " + day_text(wall) + " in " + change.zone +
         "; the next valid time is " + day + clock_text(next);
}

std::string in_overlap(const ZoneChange& change, WallTime wall) {
  return clock_text(wall) + " happens twice on " + day_text(wall) + " in " + change.zone +
         "; add the offset: " + format_wall(wall) + offset_text(change.before) +
         " (the first) or " + format_wall(wall) + offset_text(change.after) + " (the second)";
}

std::string wrong_offset(const ZoneChange& change, minutes offset) {
  return "the offset " + offset_text(offset) + " disagrees with " + change.zone + ", which is at " +
         offset_text(change.before) + " or " + offset_text(change.after) + " then";
}

// The first wall time concerned, the last, and one between.
std::array<WallTime, 3> walls_within(const ZoneChange& change) {
  const minutes size = change.last() - change.first();
  return {change.first(), change.first() + size / 2, change.last() - 1min};
}

void expect_gap(const ZoneChange& change) {
  for (const WallTime wall : walls_within(change))
    for (const std::optional<minutes> offset :
         {std::optional<minutes>(), std::optional(change.before), std::optional(change.after)})
      EXPECT_EQ(outcome(wall, offset, change.zone), in_gap(change, wall));
  EXPECT_EQ(outcome(change.last(), {}, change.zone),
            format_utc(change.begin) + ' ' + offset_text(change.after))
      << "the next valid time";
}

void expect_overlap(const ZoneChange& change) {
  const minutes neither = std::max(change.before, change.after) + 15min;
  for (const WallTime wall : walls_within(change)) {
    EXPECT_EQ(outcome(wall, {}, change.zone), in_overlap(change, wall));
    for (const minutes offset : {change.before, change.after})
      EXPECT_EQ(outcome(wall, offset, change.zone), instant_text(wall, offset));
    EXPECT_EQ(outcome(wall, neither, change.zone), wrong_offset(change, neither));
  }
}

TEST(ZoneChanges, skip_wall_times_or_bring_them_twice_in_every_zone) {
  SystemClock clock;
  const auto zones = zone_names();
  ASSERT_GT(zones.size(), 590U);
  std::size_t changes = 0;
  for (const std::string& zone : zones) {
    ASSERT_TRUE(is_zone(zone)) << zone;
    for (const ZoneChange& change : zone_changes(clock, zone, *parse_utc("2000-01-01T00:00:00Z"),
                                                 *parse_utc("2041-01-01T00:00:00Z"))) {
      SCOPED_TRACE(zone + " " + format_utc(change.begin));
      ++changes;
      change.is_gap() ? expect_gap(change) : expect_overlap(change);
      const WallTime early = change.first() - 1min;
      const WallTime late = change.last();
      EXPECT_EQ(outcome(early, {}, zone), instant_text(early, change.before));
      EXPECT_EQ(outcome(late, {}, zone), instant_text(late, change.after));
      if (::testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(changes, 10'000U);
}

}  // namespace
}  // namespace base::testing
