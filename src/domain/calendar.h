// Calendar: charters and blocks as the owner's calendar shows them.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"

#include "domain/ids.h"
#include "domain/schedule.h"

namespace domain {

inline constexpr int block_days_max = 366;
// So long after it lapsed, a booking may still name a hold that it turns into its charter.
inline constexpr std::chrono::days lapsed_hold_kept{30};

// Busy time that is no charter. Holds become charters, lapse or are removed: domain/charter.h.
struct Block {
  BlockId id;
  BusyKind kind = BusyKind::hold;
  VesselId vessel;
  std::string title;
  base::Moment starts;
  base::Moment ends;
  base::Instant made_at;
  std::optional<base::Moment> expires = {};  // holds only; absent: never

  std::optional<base::Instant> lapses_at() const {
    return expires ? std::optional(expires->utc) : std::nullopt;
  }
  bool has_lapsed(base::Instant now) const { return expires && expires->utc <= now; }
  Busy busy() const { return {{starts.utc, ends.utc}, kind, id.text(), title, lapses_at()}; }
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
  std::uint32_t sequence = 0;                // of the event: rises whenever it says something else
  std::string dock;                          // where a charter starts; empty: where the vessel lies
  std::optional<base::Moment> expires = {};  // holds only
};

}  // namespace domain
