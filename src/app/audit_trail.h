// The audit trail of a charter as its owner reads it: every deed, its actor, what was before and
// what after, and whether it can still be undone. Not for crew or guests: it has the amounts.
#pragma once

#include <optional>
#include <vector>

#include "app/audit.h"

namespace app {

inline constexpr std::size_t deeds_per_page = 100;

struct TrailEntry {
  AuditEntry entry;
  base::json::object amounts;  // empty: the deed was about none
  enum class Undo { possible, not_possible } undo = Undo::not_possible;
};

struct AuditTrail {
  std::vector<TrailEntry> entries;     // oldest first
  std::optional<domain::DeedId> next;  // ask with it for what comes after; absent: that was all
};

// after: the last entry that is known already; empty: from the first. Requires: is_deed_id(after)
// or empty. not_found: no such charter.
base::Result<AuditTrail> audit_trail(const ports::OwnerStore& store,
                                     const domain::CharterId& charter, const domain::DeedId& after);

}  // namespace app
