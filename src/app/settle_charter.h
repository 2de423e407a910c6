// settle_charter: recomputes a charter's settlement on the owner's side after its crew changed.
#pragma once

#include "domain/job.h"
#include "domain/settlement.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobOutcome> settle_charter(const ports::OwnerStore& store, const domain::Job& job);

// The settlement as the records say now. not_found: no such charter.
base::Result<domain::Settlement> settlement_of(const ports::OwnerStore& store,
                                               const domain::CharterId& charter);

}  // namespace app
