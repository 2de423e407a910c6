// The JSON of events: a charter as the crew's services see it, listed field by field. No guest
// contact, no money.
#pragma once

#include <map>

#include "app/crew_record.h"
#include "app/make_event.h"

namespace web {

base::Result<app::EventRequest> read_event(std::string_view body);

base::json::object event_json(const app::World& world, const domain::Tenant& tenant,
                              const domain::Charter& charter,
                              const std::map<domain::MemberId, app::GivenAnswer>& answers);

}  // namespace web
