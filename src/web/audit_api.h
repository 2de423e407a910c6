// The owner's audit trail of a charter, and undoing what was done from a link.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_audit(const OwnerCall& call);
base::Response post_undo(const OwnerCall& call);

}  // namespace web
