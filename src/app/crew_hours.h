// crew_hours: a crew member clocks in or out, or says how many hours they worked, for as long as
// their pass lives and the owner has not approved them. Theirs alone, and the owner can undo each.
// Refuses what domain/hours.h refuses; not_found, who does not crew the charter; conflict, a trip
// that is cancelled. Clocking in from two devices is one stint.
#pragma once

#include <variant>

#include "domain/hours.h"

#include "app/prove_pass.h"

namespace app {

struct ClockIn {};
struct ClockOut {};
using HoursDeed = std::variant<ClockIn, ClockOut, domain::Decimal>;

// Their hours as they are now.
base::Result<domain::Hours> crew_hours(const ports::TenantStore& store, const World& world,
                                       const CrewMate& mate, const HoursDeed& deed);

}  // namespace app
