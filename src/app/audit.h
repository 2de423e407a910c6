// Audit: who did what to which record, and when, in the same commit as the deed. Amounts never
// stand here; they go through the owner-only overload.
#pragma once

#include "base/json.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct Deed {
  std::string actor;  // "dashboard key 3f2a", "crew ana", "command line", "job jada.x.crew_call.1"
  std::string verb;   // "take_booking"
  std::string subject;  // "charter/jada.7k3m": also the partition the entry stands in
  base::json::object facts;
};

void audit(ports::Changes& changes, const World& world, const Deed& deed);
void audit(ports::OwnerChanges& changes, const World& world, const Deed& deed,
           const base::json::object& amounts);

}  // namespace app
