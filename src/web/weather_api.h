// The weather record of a charter, for its owner: what is known now, and each decision with the
// forecast that it was made on.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_weather(const OwnerCall& call);

}  // namespace web
