// ask_page: what somebody who was asked for a seat may see of it, as it is now.
#pragma once

#include "domain/ask_view.h"

#include "app/seat_sight.h"

namespace app {

// not_found when they were not asked.
base::Result<domain::AskView> ask_page(const SeatSight& sight, const domain::MemberId& reader,
                                       base::Instant now);
base::Result<domain::AskView> ask_page(const ports::TenantStore& store,
                                       const domain::CharterId& charter,
                                       const domain::MemberId& reader, base::Instant now);

}  // namespace app
