// The charter's record and its indexes: slug, the channel's reference, and its entries in the
// calendar's months. They are written together, so that no index can speak of a charter that is not
// there.
#pragma once

#include "domain/calendar.h"
#include "domain/charter.h"

#include "app/record_json.h"

namespace app {

std::string charter_partition(const domain::CharterId& charter);
ports::Place charter_place(const domain::CharterId& charter);
std::string encoded(const domain::Charter& charter);
// The same as an object: for the audit trail.
base::json::object facts_on_record(const domain::Charter& charter);
domain::Charter charter_from(const base::json::object& body);

// nullopt: no such charter. An id of another tenant is no such charter.
base::Result<std::optional<Loaded<domain::Charter>>> load_charter(const ports::TenantStore& store,
                                                                  const domain::CharterId& charter);

// Whose page a name leads to: its slug, one that it had, or the channel's reference. Which of them
// is the page's own stands in the charter alone.
base::Result<std::optional<domain::CharterId>> find_page_name(const ports::TenantStore& store,
                                                              const std::string& name);
base::Result<std::optional<domain::CharterId>> find_reference(const ports::TenantStore& store,
                                                              const domain::Channel& channel,
                                                              const std::string& reference);

// The first free slug for the channel and the dock's day. conflict when five hundred are taken.
base::Result<domain::Slug> free_slug(const ports::TenantStore& store,
                                     const domain::Channel& channel,
                                     std::chrono::year_month_day day);

// The charter as new with every index. reference_is_free: whether /g/{reference}.html may lead to
// it.
base::Result<void> put_new(const ports::TenantStore& store, ports::Changes& changes,
                           const domain::Charter& charter);
// The charter over the version that was read; slug, reference and calendar entry unchanged.
void put_changed(ports::Changes& changes, const domain::Charter& charter, ports::Version version);
// The same with whatever changed of its calendar entry and slug. Errors: conflict, field "slug",
// for a name that is taken.
base::Result<void> put_moved(const ports::TenantStore& store, ports::Changes& changes,
                             const Loaded<domain::Charter>& before, const domain::Charter& after);

base::json::array json_of(const std::vector<domain::Slot>& crew);

domain::CalendarEntry entry_of(const domain::Charter& charter);
// The time it takes of its vessel and its crew.
domain::Busy busy_of(const domain::Charter& charter);

}  // namespace app
