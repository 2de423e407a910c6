// What a charter caused, as the owner reads it: its jobs and all that tells of it; the same of all
// charters; and running again what is stale.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_receipt(const OwnerCall& call);
base::Response get_drift(const OwnerCall& call);
base::Response post_renew(const OwnerCall& call);
base::Response post_replay(const OwnerCall& call);

}  // namespace web
