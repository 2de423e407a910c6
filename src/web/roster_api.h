// The owner's roster: who there is, what they hold and when they cannot sail.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_roster(const OwnerCall& call);
base::Response put_away(const OwnerCall& call);
base::Response post_invite(const OwnerCall& call);

}  // namespace web
