// The crew site's page of a member's own days, and what they say there.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_availability(const MemberCall& call);
base::Response post_availability(const MemberCall& call);

}  // namespace web
