// settle_charter: recomputes a charter's settlement on the owner's side after its crew changed.
#pragma once

#include "base/json.h"

#include "domain/artefact.h"
#include "domain/job.h"
#include "domain/settlement.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobResult> settle_charter(const ports::OwnerStore& store, const domain::Job& job);

// The settlement on record, as the contract writes it; after a change of crew, until the books have
// caught up, what they will say. A change of rates alone moves no settlement. not_found: no such
// charter.
base::Result<base::json::object> settlement_of(const ports::OwnerStore& store,
                                               const domain::CharterId& charter);

// The settlement on record, held against the charter's revision; nullopt: there is none, as with a
// charter that a crew system made.
base::Result<std::optional<domain::Artefact>> settlement_artefact(
    const ports::OwnerStore& store, const domain::Charter& charter,
    const std::vector<domain::Job>& jobs);

}  // namespace app
