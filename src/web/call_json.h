// The state of a charter's crew as its owner's programs read it.
#pragma once

#include "base/json.h"

#include "app/call_status.h"

namespace web {

// {"seats": […], "asks": […], "deadline", "at_risk"}; times in UTC.
base::json::object call_json(const app::CallStatus& status);

}  // namespace web
