// Fields that the owner alone can send, with a new booking and with a change of one.
#pragma once

#include <optional>

#include "base/json.h"

#include "domain/change.h"
#include "domain/settlement.h"

namespace web {

// The object "guest": what it names of the guest.
domain::GuestChange read_guest(base::Fields& parent);
// nullopt: absent, or a fault.
std::optional<domain::CaptainFee> read_captain_fee(base::Fields& fields);

}  // namespace web
