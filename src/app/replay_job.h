// replay_job: one job of the receipt once more, whatever became of it; its tries start anew.
// not_found: no such job. conflict: it is planned already.
#pragma once

#include "domain/job.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

base::Result<domain::Job> replay_job(const ports::TenantStore& store, const World& world,
                                     const domain::JobId& id, const std::string& actor);

}  // namespace app
