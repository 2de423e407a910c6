// GET /g/{slug}.html and .ics: public, rendered from the charter, kept ready in memory.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_guest_page(const PublicCall& call);

}  // namespace web
