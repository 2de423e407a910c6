// Reservations: taking a span of a vessel's or a person's time, inside the commit that needs it.
// Always: every month the span comes near is in the commit, changed or checked, so that two
// overlapping reservations cannot both commit. Refuses: a span that is taken; the conflict names
// what is in the way, in the dock's time.
#pragma once

#include "domain/calendar.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

namespace app {

base::Result<void> reserve(const ports::TenantStore& store, ports::Changes& changes,
                           const domain::Vessel& vessel, const domain::Busy& busy,
                           const std::string& zone);
// field names the person in the fault: "crew[1].member".
base::Result<void> reserve(const ports::TenantStore& store, ports::Changes& changes,
                           const domain::Member& member, const domain::Busy& busy,
                           const std::string& zone, const std::string& field);
base::Result<void> release(const ports::TenantStore& store, ports::Changes& changes,
                           const domain::VesselId& vessel, const domain::Busy& busy);

// Whether a vessel or person has anything ahead: what tenant apply asks before it drops one. The
// changes then check that nobody reserves more meanwhile.
base::Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                                   const domain::VesselId& vessel, base::Instant now);
base::Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                                   const domain::MemberId& member, base::Instant now);

}  // namespace app
