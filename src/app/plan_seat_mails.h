// The mails that a call owes: to whom a seat is offered, or was until it went to somebody else; and
// to the owner, of every answer.
#pragma once

#include "domain/call.h"
#include "domain/job.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

namespace app {

// Who was asked about the trip as it was may be asked anew by the next looks: then they hear of
// that alone.
inline constexpr base::minutes time_to_be_asked_anew{2};

// What the ask says now: that they are asked, or that nothing comes of it. round: of the call, in
// which one person gets one of each at most.
void plan_seat_mail(ports::Changes& changes, const domain::Charter& charter,
                    const domain::Tenant& tenant, const domain::Ask& ask, std::uint32_t round,
                    base::Instant now);
// deed: in the charter's trail, of which the owner is told.
void plan_owner_mail(ports::Changes& changes, const domain::Charter& charter,
                     const domain::Tenant& tenant, const domain::DeedId& deed, base::Instant now);

}  // namespace app
