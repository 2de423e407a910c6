// Calendar: charters and blocks as the owner's calendar shows them.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"

#include "domain/ids.h"
#include "domain/schedule.h"

namespace domain {

inline constexpr int block_days_max = 366;

// Busy time that is no charter.
struct Block {
  BlockId id;
  BusyKind kind = BusyKind::hold;
  VesselId vessel;
  std::string title;
  base::Moment starts;
  base::Moment ends;
  base::Instant made_at;
};

struct CalendarEntry {
  std::string id;  // of the charter or block
  BusyKind kind = BusyKind::charter;
  VesselId vessel;
  std::string title;
  base::Moment starts;
  base::Moment ends;
  std::string status;  // charters only
  base::Instant changed_at;
  std::uint32_t sequence = 0;  // of the event: rises whenever it says something else
  std::string dock;            // where a charter starts; empty: where the vessel lies
};

}  // namespace domain
