// new_charter: what every way to a charter shares, whether a booking, a calendar entry or a crew
// event asks for it: the checks, the vessel's and the crew's time, the slug, the record and its
// indexes.
#pragma once

#include "base/json.h"

#include "domain/booking.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct NewCharter {
  domain::Booking booking;
  domain::AmountsInNotes amounts = domain::AmountsInNotes::refused;
  enum class Page { yes, no } page = Page::yes;
  domain::BlockId hold = {};  // goes, and its time with it; empty: none
};

// Adds it all to the changes; the caller commits, with a check of the tenant record. Errors, of the
// hold: invalid where there is none of this id; conflict, code hold_lapsed, where somebody has had
// the time since it lapsed. A lapsed hold whose time is free is as good as any.
inline constexpr const char* hold_lapsed = "hold-lapsed";
base::Result<domain::Charter> put_new_charter(const ports::TenantStore& store,
                                              ports::Changes& changes, const World& world,
                                              const domain::Tenant& tenant,
                                              const NewCharter& wanted);

// Takes the time of those who are named, by that list, with a member.
base::Result<void> reserve_crew(const ports::TenantStore& store, ports::Changes& changes,
                                const World& world, const domain::Tenant& tenant,
                                const domain::Charter& charter,
                                const std::vector<domain::Slot>& named);

}  // namespace app
