// Announcing that a charter's crew has to be told. Carries ids only: no names, no addresses, no
// money.
#pragma once

#include "base/result.h"

#include "domain/charter.h"
#include "domain/ids.h"

namespace ports {

struct CrewAnnouncement {
  domain::TenantId tenant;
  domain::CharterId charter;
  domain::Revision revision = 1;  // of the call that caused it; repeats carry the same one
};

class Topic {
 public:
  virtual ~Topic() = default;
  // Whether whoever listens has done what they do, or has yet to hear of it and may never.
  enum class Reach { heard, sent };
  // May deliver more than once; whoever listens must not mind.
  virtual base::Result<Reach> announce(const CrewAnnouncement& announcement) = 0;
};

}  // namespace ports
