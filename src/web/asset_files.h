// GET /assets/{name}: styles, scripts and icons, under addresses that carry a digest of their
// bytes. GET /worker.js: the crew site's service worker, whose address has to stay the same.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_asset(const PublicCall& call);
base::Response get_worker(const PublicCall& call);

}  // namespace web
