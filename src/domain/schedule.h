// Schedule: the busy time of one vessel or one person in one month, as one record. Two charters at
// one time cannot both commit, because each commit changes or checks the record of every month it
// comes near.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

#include "domain/ids.h"

namespace domain {

// Half open: [from, until). Touching ends do not overlap.
struct Interval {
  base::Instant from;
  base::Instant until;
  bool overlaps(const Interval& other) const { return from < other.until && other.from < until; }
  // Longer by that much at both ends.
  Interval widened(base::minutes by) const { return {from - by, until + by}; }
};

enum class BusyKind { charter, hold, maintenance };
std::string_view name_of(BusyKind kind);
std::optional<BusyKind> busy_kind_from(std::string_view name);

struct Busy {
  Interval time;
  BusyKind kind = BusyKind::charter;
  std::string holder;  // id of the charter or block
  std::string title;   // for the owner who is told what is in the way
  // A hold's: from this instant on it is in nobody's way, and no job has to see to that.
  std::optional<base::Instant> lapses_at = {};
  VesselId vessel = {};  // a charter's; its turnaround is kept free of a person's time
};
// How much is kept free between what is there and what is wanted.
using Apart = std::function<base::minutes(const Busy&)>;

struct BusyMonth {
  std::vector<Busy> intervals;

  // The first interval in the way of one more. Turnaround is kept free between two trips (charters
  // and holds); maintenance may touch them.
  const Busy* in_the_way(const Busy& wanted, base::minutes turnaround) const;
  const Busy* in_the_way(const Busy& wanted, const Apart& apart) const;
  void remove(const std::string& holder);
  // So that what has lapsed is neither in the way nor written again.
  void drop_lapsed(base::Instant now);
};

// Months are of UTC, "2027-05": the index does not move with a zone's rules.
std::string month_of(base::Instant instant);
// Every month the interval touches, oldest first.
std::vector<std::string> months_of(const Interval& interval);

}  // namespace domain
