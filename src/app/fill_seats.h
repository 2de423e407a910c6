// fill_seats: one look after the seats of a charter that are up for grabs: ends the asks whose time
// is over, whose seat is taken, whose trip is another or whose member may not fill it any more,
// asks whoever is next (in civil hours alone), tells the owner when nobody is left to ask or the
// deadline has come, and owes the next look. One commit. Void: it had nothing to do, or a later
// look is planned.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> fill_seats(const ports::TenantStore& store, const World& world,
                                   const domain::Job& job);

}  // namespace app
