// The events API of the crew site: the crew's view of charters, for services. No answer of it
// contains money.
#pragma once

#include "web/calls.h"

namespace web {

base::Response post_event(const ServiceCall& call);
base::Response get_events(const ServiceCall& call);
base::Response get_event(const ServiceCall& call);
base::Response patch_event(const ServiceCall& call);
base::Response delete_event(const ServiceCall& call);

}  // namespace web
