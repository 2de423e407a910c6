// change_event: the same behind a service key: a crew system makes facts of a trip others, or calls
// it off. Money-blind: it sees operations records only, amounts in its texts are refused, and the
// books follow by a job. Refuses what change_charter refuses.
#pragma once

#include <string>

#include "app/put_change.h"

namespace app {

struct EventChange {
  Meant meant;
  domain::Change change;
  std::string actor;
};
base::Result<domain::Charter> change_event(const ports::TenantStore& store, const World& world,
                                           const EventChange& request);

// Its cause is the operator.
base::Result<domain::Charter> cancel_event(const ports::TenantStore& store, const World& world,
                                           const Meant& meant, const std::string& actor);

}  // namespace app
