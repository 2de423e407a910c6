// Fields that bookings, events and calendar entries share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"

#include "domain/charter.h"

namespace web {

// A crew list, as bookings and events carry it.
std::vector<domain::Slot> read_crew(base::Fields& fields);
// nullopt: absent, or a fault.
std::optional<domain::Contract> read_contract(base::Fields& fields);
// A time in a request; a fault when absent or wrong.
std::optional<base::WrittenTime> read_time(base::Fields& fields, std::string_view name);
// A lower-case word such as a channel or a role; empty with a fault when it is none.
std::string read_handle(base::Fields& fields, std::string_view name);

}  // namespace web
