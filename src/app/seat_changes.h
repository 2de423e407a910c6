// What taking a seat and giving it up change besides the answer: the charter's crew, the person's
// time. For the verbs that decide it; each commits.
#pragma once

#include "app/seat_sight.h"
#include "app/world.h"

namespace app {

// The seat of the ask's role becomes its member's: one that nobody was named for, else one whose
// member declined. Checks once more what asking did: credentials, and other trips with the
// turnaround between. Requires: such a seat is up. Errors: conflict, code "busy",
// "credential-lapsed" or "role-not-held". The charter as it is then.
base::Result<domain::Charter> take_seat(const ports::TenantStore& store, ports::Changes& changes,
                                        const World& world, const SeatSight& sight,
                                        const domain::Ask& ask);
// The other way: who took it by an answer that is undone is not aboard any more.
base::Result<domain::Charter> reopen_seat(const ports::TenantStore& store, ports::Changes& changes,
                                          const World& world, const SeatSight& sight,
                                          const domain::Slot& slot);

// Of somebody whose seat, which they have declined, is not theirs any more: nobody asks them again
// about the trip that they have declined. An ask that they said yes to before says no from then on;
// who was never asked for the seat, but named, was asked at no time. charter: as they declined it.
base::Result<void> keep_refusal(const ports::TenantStore& store, ports::Changes& changes,
                                const domain::Charter& charter, const domain::Slot& slot,
                                const GivenAnswer& said);

struct Seat {
  const domain::Tenant& tenant;
  const domain::Charter& charter;
  const domain::Slot& slot;
};
// Of somebody aboard: who says no is free for other trips, and whoever says yes after that is asked
// what taking an open seat asks. Errors: as there.
base::Result<void> follow_answer(const ports::TenantStore& store, ports::Changes& changes,
                                 const World& world, const Seat& seat, domain::Answer before,
                                 domain::Answer after);

}  // namespace app
