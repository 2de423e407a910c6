// Query parameters that several addresses share.
#pragma once

#include "domain/schedule.h"

#include "app/list_charters.h"

#include "web/calls.h"

namespace web {

// A decoded parameter; nullopt when absent. invalid: a query that cannot be read.
base::Result<std::optional<std::string>> read_parameter(const Call& call, std::string_view name);

// from and to: dock days, both included. Without them from a month ago to a year ahead. At most 800
// days.
base::Result<domain::Interval> read_days(const Call& call, const std::string& zone);

// Days as above, vessel, status and page.
base::Result<app::CharterQuery> read_charter_query(const Call& call, const std::string& zone);

}  // namespace web
