// GET /assets/{name}: styles, scripts and icons, under addresses that carry a digest of their
// bytes.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_asset(const PublicCall& call);

}  // namespace web
