// Audit: who did what to which record, and when, in the same commit as the deed. Amounts never
// stand here; they go through the owner-only overload.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"

#include "domain/ids.h"

#include "app/record_json.h"
#include "app/world.h"

namespace app {

// What it takes to undo a deed that changed one record. The record carries the deed's id as "deed"
// for as long as nobody has changed it since.
struct UndoPoint {
  domain::DeedId deed;
  std::string record;    // its sort, in the partition of the deed's subject
  std::string replaced;  // its body before, as it may stand again
};

struct Deed {
  std::string actor;  // "dashboard key 3f2a", "crew ana", "command line", "job jada.x.crew_call.1"
  std::string verb;   // "take_booking"
  std::string subject;  // "charter/jada.7k3m": also the partition the entry stands in
  base::json::object facts;
  // The fields that the deed changed, as they were and as they are; what is the same in both is not
  // kept.
  base::json::object before = {};
  base::json::object after = {};
  std::optional<UndoPoint> undo = {};  // absent: cannot be undone
};

struct AuditEntry {
  domain::DeedId id;
  base::Instant at;
  Deed deed;
  std::optional<domain::DeedId> undone_by = {};
};

inline constexpr std::string_view audit_prefix = "audit/";

// A new one. Ids sort by time, to the millisecond.
domain::DeedId new_deed_id(const World& world);
bool is_deed_id(std::string_view text);
// Requires: is_deed_id(id.text()).
ports::Place audit_place(const std::string& subject, const domain::DeedId& id);

// The entry as it is kept; its id is that of its undo point, where it has one.
AuditEntry audit(ports::Changes& changes, const World& world, Deed deed);
AuditEntry audit(ports::OwnerChanges& changes, const World& world, Deed deed,
                 const base::json::object& amounts);

std::string encoded(const AuditEntry& entry);
base::Result<AuditEntry> audit_entry_from(const std::string& subject, const ports::Stored& stored);

}  // namespace app
