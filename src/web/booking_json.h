// The JSON of a booking: reading a request, and writing what became of it. Shared by POST
// /bookings, the calendar's charters and `fairlead book`.
#pragma once

#include <string>

#include "base/json.h"

#include "app/take_booking.h"

namespace web {

// Errors: malformed (no JSON), invalid with a fault for each field.
base::Result<app::BookingRequest> read_booking(std::string_view body);
std::string write_booking(const app::World& world, const app::TakenBooking& taken);

}  // namespace web
