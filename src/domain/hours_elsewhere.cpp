#include "domain/hours_elsewhere.h"

#include "domain/charter.h"

namespace domain {

namespace {

Interval time_of(const Stint& stint) {
  return {stint.begins, stint.ends.value_or(stint.begins + std::chrono::seconds(1))};
}

}  // namespace

std::vector<StintElsewhere> stints_elsewhere(const Charter& charter, const Hours& hours) {
  const base::Instant stops = charter.ends.utc + clock_closes_after;
  std::vector<StintElsewhere> all;
  all.reserve(hours.stints.size());
  for (const Stint& stint : hours.stints)
    all.push_back({charter.id, charter.title, base::at(stint.begins, charter.starts.zone),
                   base::at(stint.ends.value_or(stops), charter.starts.zone), !stint.ends});
  return all;
}

Interval clocks_near(const Charter& charter) {
  return {charter.starts.utc - clock_opens_before - clock_closes_after,
          charter.ends.utc + clock_closes_after + clock_opens_before};
}

const StintElsewhere* in_the_way(const Stint& stint, const std::vector<StintElsewhere>& elsewhere) {
  for (const StintElsewhere& other : elsewhere)
    if (time_of(stint).overlaps({other.begins.utc, other.ends.utc})) return &other;
  return nullptr;
}

}  // namespace domain
