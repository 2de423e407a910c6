// make_event: the crew's way to a charter. Puts crew on a trip that exists, or makes a direct
// charter without a guest page; tells everybody assigned. Money-blind: it sees operations records
// only, and amounts in its texts are refused.
#pragma once

#include <functional>
#include <map>

#include "app/crew_record.h"
#include "app/idempotency.h"
#include "app/new_charter.h"

namespace app {

struct EventRequest {
  // Empty: a new charter is made of the booking. Else its crew is put on this one.
  domain::CharterId charter;
  domain::Booking booking;
  std::string actor;
  std::optional<CallKey> call;
};

struct MadeEvent {
  domain::Tenant tenant;
  domain::Charter charter;
  std::map<domain::MemberId, GivenAnswer> answers;  // of who was aboard before
};

struct EventAnswer {
  std::string body;
  enum class Source { fresh, repeated } source = Source::fresh;
};
using RenderEvent = std::function<std::string(const MadeEvent&)>;

base::Result<EventAnswer> make_event(const ports::TenantStore& store, const World& world,
                                     const EventRequest& request, const RenderEvent& render);

}  // namespace app
