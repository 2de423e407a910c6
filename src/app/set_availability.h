// set_availability: a member says that they cannot sail on a day, or can again; or the owner says
// all of somebody's days from today on. Days are the dock's. Refuses: not_found, who is not in the
// tenant's crew; what domain/availability.h refuses. What changes nothing commits nothing.
#pragma once

#include "domain/availability.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct AvailabilityDeed {
  domain::MemberId member;
  domain::AvailabilitySaid said;
  std::string actor;
};

// The days from today on.
base::Result<domain::AwayDays> set_availability(const ports::TenantStore& store, const World& world,
                                                const AvailabilityDeed& deed);

// The dock's day now.
std::chrono::year_month_day dock_day(const World& world, const std::string& zone);

}  // namespace app
