// Of two charters of one person, the times of one are in the way of the other's.
#include "domain/hours_elsewhere.h"

#include "tests/domain/example.h"

namespace domain {
namespace {

using testing::example_charter;
using testing::moment;

Stint stint(const std::string& begins, const std::string& ends = {}) {
  Stint made{moment("2027-05-30T" + begins).utc, {}};
  if (!ends.empty()) made.ends = moment("2027-05-30T" + ends).utc;
  return made;
}

// The example's trip, 16:30 to 19:30: one stint, and one that is open since 20:00.
std::vector<StintElsewhere> elsewhere() {
  return stints_elsewhere(example_charter(), {{stint("16:00", "19:30"), stint("20:00")}, {}});
}

std::string in_the_way_of(const Stint& one) {
  const auto all = elsewhere();
  const StintElsewhere* other = in_the_way(one, all);
  return other ? base::format_wall(other->begins.wall).substr(11) : "nothing";
}

TEST(HoursElsewhere, are_in_the_way_of_what_overlaps_them) {
  EXPECT_EQ(in_the_way_of(stint("14:00", "16:00")), "nothing") << "touching is not overlapping";
  EXPECT_EQ(in_the_way_of(stint("14:00", "16:01")), "16:00");
  EXPECT_EQ(in_the_way_of(stint("17:00", "18:00")), "16:00");
  EXPECT_EQ(in_the_way_of(stint("19:30", "20:00")), "nothing");
  EXPECT_EQ(in_the_way_of(stint("15:00", "23:00")), "16:00");
}

TEST(HoursElsewhere, that_are_open_last_until_their_clock_stops) {
  EXPECT_EQ(in_the_way_of(stint("22:00", "23:00")), "20:00");
  EXPECT_EQ(in_the_way_of({moment("2027-05-31T01:29").utc, {}}), "20:00");
  EXPECT_EQ(in_the_way_of({moment("2027-05-31T01:30").utc, {}}), "nothing");
}

TEST(HoursElsewhere, of_what_lies_ahead_are_not_in_the_way_of_clocking_in) {
  EXPECT_EQ(in_the_way_of(stint("15:00")), "nothing");
  EXPECT_EQ(in_the_way_of(stint("16:00")), "16:00");
}

TEST(HoursElsewhere, may_be_of_whatever_is_as_near_as_both_clocks_reach) {
  const Interval near = clocks_near(example_charter());
  EXPECT_EQ(near.from, moment("2027-05-30T04:30").utc);
  EXPECT_EQ(near.until, moment("2027-05-31T07:30").utc);
}

}  // namespace
}  // namespace domain
