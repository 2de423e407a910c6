// Availability: which of the dock's days a member says they cannot sail, and which of them may be
// said at all. What stands for days that are past stays history and is nobody's to change.
#pragma once

#include <set>
#include <string>
#include <variant>

#include "base/result.h"
#include "base/time.h"

namespace domain {

inline constexpr std::chrono::days away_days_ahead_max{400};
inline constexpr std::size_t away_days_max = 400;

using AwayDays = std::set<std::chrono::year_month_day>;

enum class Sails { can, cannot };

// One day, as a person says it; or all from today on, as the owner puts them in order.
struct DaySaid {
  std::chrono::year_month_day day;
  Sails sails = Sails::cannot;
};
using AvailabilitySaid = std::variant<DaySaid, AwayDays>;

// The days from today on after it was said; those that are past are gone. Refuses (invalid, field
// "day" or "days"): a day that is past or further ahead than one can say, more than can be kept.
base::Result<AwayDays> after_said(const AwayDays& before, const AvailabilitySaid& said,
                                  std::chrono::year_month_day today);
AwayDays from_on(const AwayDays& days, std::chrono::year_month_day today);

}  // namespace domain
