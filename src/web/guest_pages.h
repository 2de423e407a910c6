// GET /g/{slug}.html and .ics: public, rendered from the charter, kept ready in memory.
#pragma once

#include "web/calls.h"

namespace web {

base::Response get_guest_page(const PublicCall& call);

// 404 of the type that the address promises: calendar programs get text, scripts get JSON, people a
// page.
base::Response no_guest_page(std::string_view path);

}  // namespace web
