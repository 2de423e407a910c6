// Civil hours: the part of every dock's day in which people are written to unasked, and in which
// the time runs that they have to answer. What is not civil is quiet. Always: both bounds are wall
// times of the dock's zone, so a night in which the clocks change is an hour longer or shorter. A
// bound that a spring gap skips comes as much later as the gap is long; of one that an autumn
// overlap shows twice the first counts.
#pragma once

#include <string>

#include "base/time.h"

#include "domain/schedule.h"

namespace domain {

// Minutes of the day; from < until, until at most 24 h.
struct CivilHours {
  base::minutes from{8 * 60};
  base::minutes until{20 * 60};
  friend bool operator==(const CivilHours&, const CivilHours&) = default;
};

// The civil part of a day. Half open, as every interval.
Interval civil_part(std::chrono::year_month_day day, const CivilHours& hours,
                    const std::string& zone);
bool is_civil(base::Instant instant, const CivilHours& hours, const std::string& zone);
// The instant itself where it is civil, else the next that is.
base::Instant next_civil(base::Instant instant, const CivilHours& hours, const std::string& zone);
// When that much civil time has passed since. Not negative.
base::Instant after_civil(base::Instant since, base::minutes length, const CivilHours& hours,
                          const std::string& zone);

}  // namespace domain
