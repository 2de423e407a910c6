// The JSON of the owner's changes: what PATCH /charters/{id} and a cancellation carry.
#pragma once

#include <string>

#include "base/json.h"

#include "app/cancel_charter.h"
#include "app/change_charter.h"

namespace web {

// Errors: malformed (no JSON), invalid with a fault for each field.
base::Result<app::ChangeRequest> read_change(std::string_view body);
base::Result<app::Cancellation> read_cancellation(std::string_view body);

}  // namespace web
