// The owner's view of charters: the list, one of them, its changes, its receipt and its settlement.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_charters(const OwnerCall& call);
base::Response get_charter(const OwnerCall& call);
base::Response patch_charter(const OwnerCall& call);
base::Response post_cancel(const OwnerCall& call);
base::Response get_receipt(const OwnerCall& call);
base::Response get_settlement(const OwnerCall& call);
base::Response post_replay(const OwnerCall& call);

}  // namespace web
