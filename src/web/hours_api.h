// The owner's view of who worked how long on a charter: the list, and their word on one member.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_hours(const OwnerCall& call);
base::Response put_member_hours(const OwnerCall& call);

}  // namespace web
