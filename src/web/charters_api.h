// The owner's view of charters: the list, one of them, its changes and its settlement.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_charters(const OwnerCall& call);
base::Response get_charter(const OwnerCall& call);
base::Response patch_charter(const OwnerCall& call);
base::Response post_cancel(const OwnerCall& call);
base::Response get_settlement(const OwnerCall& call);

}  // namespace web
