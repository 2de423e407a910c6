// The owner's view of the calls for crew.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_at_risk(const OwnerCall& call);  // GET /at-risk

}  // namespace web
