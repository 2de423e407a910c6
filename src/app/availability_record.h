// On which of the dock's days a member cannot sail, as they or the owner said. One record for each
// member: days that are past go when it is next written.
#pragma once

#include "domain/availability.h"
#include "domain/ids.h"

#include "app/record_json.h"

namespace app {

using domain::away_days_max;
using domain::AwayDays;

ports::Place away_place(const domain::MemberId& member);
std::string encoded(const AwayDays& days);
// Of who never said anything: none, of no version.
base::Result<Loaded<AwayDays>> load_away(const ports::TenantStore& store,
                                         const domain::MemberId& member);

}  // namespace app
