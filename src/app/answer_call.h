// answer_call: a crew member says yes or no to a charter. May be changed for as long as
// the pass lives.
#pragma once

#include "domain/views.h"

#include "app/prove_pass.h"

namespace app {

base::Result<void> answer_call(const ports::TenantStore& store, const World& world,
                               const CrewMate& mate, domain::Answer answer);

}  // namespace app
