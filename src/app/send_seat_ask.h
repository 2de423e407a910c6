// send_seat_ask: asks a member for a seat by mail, in civil hours alone, or tells them that
// nothing comes of it. Stale: they have answered, were asked anew, or the trip is off.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> send_seat_ask(const ports::TenantStore& store, const JobDesk& desk,
                                      const domain::Job& job);

}  // namespace app
