#include "domain/civil_hours.h"

#include <algorithm>

namespace domain {

using base::Instant;
using std::chrono::local_days;
using std::chrono::year_month_day;

namespace {

Instant at_wall(year_month_day day, base::minutes of_day, const std::string& zone) {
  const base::WallTime wanted = local_days(day) + of_day;
  // Right, but for what the clocks were changed by since midnight.
  const Instant near = base::start_of_day(day, zone) + of_day;
  const Instant corrected = near + (wanted - base::at(near, zone).wall);
  const bool is_right = base::at(corrected, zone).wall == wanted;
  return is_right ? corrected : std::max(near, corrected);
}

year_month_day next(year_month_day day) {
  return year_month_day(local_days(day) + std::chrono::days(1));
}

year_month_day day_of(Instant instant, const std::string& zone) {
  return base::date_of(base::at(instant, zone).wall);
}

}  // namespace

Interval civil_part(year_month_day day, const CivilHours& hours, const std::string& zone) {
  return {at_wall(day, hours.from, zone), at_wall(day, hours.until, zone)};
}

bool is_civil(Instant instant, const CivilHours& hours, const std::string& zone) {
  const Interval part = civil_part(day_of(instant, zone), hours, zone);
  return part.from <= instant && instant < part.until;
}

Instant next_civil(Instant instant, const CivilHours& hours, const std::string& zone) {
  const year_month_day day = day_of(instant, zone);
  const Interval part = civil_part(day, hours, zone);
  if (instant < part.until) return std::max(instant, part.from);
  return civil_part(next(day), hours, zone).from;
}

Instant after_civil(Instant since, base::minutes length, const CivilHours& hours,
                    const std::string& zone) {
  using std::chrono::milliseconds;
  milliseconds left = length;
  year_month_day day = day_of(since, zone);
  for (;; day = next(day)) {
    const Interval part = civil_part(day, hours, zone);
    const Instant begins = std::max(since, part.from);
    const milliseconds here = std::max(milliseconds(0), part.until - begins);
    if (left <= here && begins < part.until) return begins + left;
    left -= here;
  }
}

}  // namespace domain
