// The owner's view of charters: the list, one of them, its receipt and its settlement.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_charters(const OwnerCall& call);
base::Response get_charter(const OwnerCall& call);
base::Response get_receipt(const OwnerCall& call);
base::Response get_settlement(const OwnerCall& call);
base::Response post_replay(const OwnerCall& call);

}  // namespace web
