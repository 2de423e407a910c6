// answer_ask: who was asked for a seat that is up for grabs says yes or no. The first yes has the
// seat: it is in the charter from that commit on, and with it their time, their pass and the
// owner's mail. Refuses (conflict): code "seat-taken", the seat is somebody else's; "asked-anew",
// the page is of a trip that was another; "charter-over", it is cancelled or has begun; "busy",
// they crew another trip at the time.
#pragma once

#include "app/answer_call.h"

namespace app {

inline constexpr const char* seat_taken = "seat-taken";
// Whoever answers is aboard by now, or not any more: app/answer_call.h looks again.
inline constexpr const char* seat_moved = "seat-moved";

base::Result<void> answer_ask(const ports::TenantStore& store, const World& world,
                              const CrewMate& mate, const AnswerSaid& said);

}  // namespace app
