// Who gets which mail of a charter, and when, for its owner.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_messages(const OwnerCall& call);

}  // namespace web
