// undo_deed: what was done from a link is put back as it was before; itself a deed that names what
// it undid. Undone newest first, several deeds on one thing go back all the way. Refuses:
// not_found, no such charter or entry; invalid, a deed that cannot be undone; conflict, with the
// codes below, when it is undone already or when something newer changed the same thing since.
#pragma once

#include "app/audit.h"

namespace app {

inline constexpr std::string_view already_undone = "already-undone";
inline constexpr std::string_view changed_since = "changed-since";

struct UndoRequest {
  domain::CharterId charter;
  domain::DeedId deed;
  std::string actor;
};

// The entry of the undoing.
base::Result<AuditEntry> undo_deed(const ports::TenantStore& store, const World& world,
                                   const UndoRequest& request);

struct LastDeed {
  ports::Version version = ports::absent;  // of the record; absent: it is not there
  domain::DeedId deed;  // empty: it is not there, or was changed by what cannot be undone
};
// The deed that made a record what it is.
base::Result<LastDeed> last_deed_on(const ports::TenantStore& store, const ports::Place& record);

}  // namespace app
