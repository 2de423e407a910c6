// POST /bookings: one message becomes everything.
#pragma once

#include "web/calls.h"

namespace web {

base::Response post_booking(const OwnerCall& call);

}  // namespace web
