// On which of the dock's days a member cannot sail, as they or the owner said. One record for each
// member: days that are past go when it is next written.
#pragma once

#include <set>

#include "domain/ids.h"

#include "app/record_json.h"

namespace app {

inline constexpr std::size_t away_days_max = 400;

using AwayDays = std::set<std::chrono::year_month_day>;

ports::Place away_place(const domain::MemberId& member);
std::string encoded(const AwayDays& days);
// Of who never said anything: none, of no version.
base::Result<Loaded<AwayDays>> load_away(const ports::TenantStore& store,
                                         const domain::MemberId& member);

}  // namespace app
