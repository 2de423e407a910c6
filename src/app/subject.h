// Subject: one charter with all that is needed to say what should be told of it.
#pragma once

#include <vector>

#include "domain/artefact.h"
#include "domain/charter.h"
#include "domain/job.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct Subject {
  const ports::TenantStore& store;
  const World& world;
  const domain::Tenant& tenant;
  const domain::Charter& charter;
  const std::vector<domain::Job>& jobs;

  bool is_over() const { return charter.ends.utc <= world.now(); }
};

using Artefacts = std::vector<domain::Artefact>;

}  // namespace app
