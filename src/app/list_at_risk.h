// list_at_risk: the charters ahead whose deadline for a full crew has come and whose seats have not
// all a yes, soonest first: who was asked for each, and when.
#pragma once

#include "app/call_status.h"

namespace app {

inline constexpr std::size_t at_risk_max = 200;

struct RiskyCharter {
  domain::Charter charter;
  CallStatus status;
};

base::Result<std::vector<RiskyCharter>> list_at_risk(const ports::TenantStore& store,
                                                     base::Instant now);

}  // namespace app
