// The JSON of charters and calendar entries as the owner reads them.
#pragma once

#include <vector>

#include "base/json.h"

#include "domain/calendar.h"
#include "domain/charter.h"
#include "domain/tenant.h"

#include "app/world.h"

namespace web {

// starts_at, ends_at (with offset), timezone, starts_at_utc, ends_at_utc.
void add_times(base::json::object& body, const base::Moment& starts, const base::Moment& ends);
// slug, guest_page and guest_link; nothing when the charter has no page.
void add_guest_addresses(base::json::object& body, const app::World& world,
                         const domain::Tenant& tenant, const domain::Charter& charter);
base::json::object charter_json(const app::World& world, const domain::Tenant& tenant,
                                const domain::Charter& charter);
base::json::object entry_json(const domain::CalendarEntry& entry);

}  // namespace web
