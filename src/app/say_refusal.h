// say_refusal: why somebody may not have a seat, in words for them: no ids, and nothing of another
// trip but its times. The owner's words are those of app/seat_changes.h.
#pragma once

#include "app/seat_changes.h"

namespace app {

// refused: what taking the seat came to; of what is not said otherwise to them, the same.
base::Error say_refusal(const ports::TenantStore& store, const Seat& seat, base::Instant now,
                        const base::Error& refused);

}  // namespace app
