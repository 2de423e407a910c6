// Reads zone data with the C library, which shares no line with what base/zones.cpp asks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace base::testing {

// Every zone and every other name of one that tzdata lists, "Factory" left out.
std::vector<std::string> zone_names();

// The C library's clock, set to one zone after another. What TZ was, it is again at the end.
class SystemClock {
 public:
  SystemClock();
  SystemClock(const SystemClock&) = delete;
  SystemClock& operator=(const SystemClock&) = delete;
  ~SystemClock();

  minutes offset(Instant when, const std::string& zone);
  // As strftime says it, in English: "%A, %-d %B %Y".
  std::string say(const char* form, Instant when, const std::string& zone);

 private:
  std::optional<std::string> before_;
  std::string set_;
};

// A clock that is set to another offset: then wall times are skipped, or come twice.
struct ZoneChange {
  std::string zone;
  Instant begin;  // of the later offset
  minutes before{0};
  minutes after{0};

  bool is_gap() const { return after > before; }
  WallTime wall(Instant when, minutes offset) const;
  // The wall times concerned are those from the first until before the last.
  WallTime first() const { return wall(begin, std::min(before, after)); }
  WallTime last() const { return wall(begin, std::max(before, after)); }
};
// Each change of a clock's offset from the first instant until before the last, oldest first.
// Requires: no two within five days of each other.
std::vector<ZoneChange> zone_changes(SystemClock& clock, const std::string& zone, Instant from,
                                     Instant until);

}  // namespace base::testing
