// look_again: owes a look at once to each call of an operator's that waits for somebody's answer,
// because the operator's file is another: who was asked may not be in it any more, or may lack what
// the seat needs. How many.
#pragma once

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

base::Result<std::size_t> look_again(const ports::TenantStore& store, const World& world);

}  // namespace app
