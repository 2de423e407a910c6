// Hours elsewhere: what the same person clocked on another charter. Nobody is aboard twice at one
// time: no stint overlaps one of theirs elsewhere. A number has no times, so it overlaps nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/hours.h"
#include "domain/ids.h"
#include "domain/schedule.h"

namespace domain {

struct StintElsewhere {
  CharterId charter;
  std::string title;
  base::Moment begins;  // at the dock of that charter
  base::Moment ends;    // of an open one: when its clock stops, for until then it may be closed
  bool open = false;
};

std::vector<StintElsewhere> stints_elsewhere(const Charter& charter, const Hours& hours);

// Whatever overlaps this interval may have hours that overlap the charter's: both clocks run
// before and after their trips.
Interval clocks_near(const Charter& charter);

// The first in the way of a stint, nullptr for none. An open one has only begun: what lies ahead
// of it is in the way of whatever closes it.
const StintElsewhere* in_the_way(const Stint& stint, const std::vector<StintElsewhere>& elsewhere);

inline constexpr const char* hours_elsewhere = "hours-elsewhere";

}  // namespace domain
