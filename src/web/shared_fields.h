// Fields that bookings, events and calendar entries share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"

#include "domain/charter.h"

namespace web {

inline constexpr base::TextRule word_rule{200, false, false};
inline constexpr base::TextRule name_rule{120, false, true};
inline constexpr base::TextRule title_rule{120, false, false};
inline constexpr base::TextRule notes_rule{4000, true, true};

// A crew list, as bookings and events carry it.
std::vector<domain::Slot> read_crew(base::Fields& fields);
// nullopt: absent, or a fault.
std::optional<domain::Contract> read_contract(base::Fields& fields);
// A time in a request; a fault when absent or wrong.
std::optional<base::WrittenTime> read_time(base::Fields& fields, std::string_view name);
// A lower-case word such as a channel or a role; empty with a fault when it is none.
std::string read_handle(base::Fields& fields, std::string_view name);
// A fault for what crew could read an amount of money in.
void refuse_amount(base::Fields& fields, std::string_view name, std::string_view text);

}  // namespace web
