// Calendar files: the guest's own trip, and the owner's feed of everything.
// Always: no money; the same entries give the same bytes. Source: RFC 5545, RFC 5546.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

#include "domain/calendar.h"
#include "domain/tenant.h"
#include "domain/views.h"

namespace app {

// Which state of which event a file shows.
struct EventStamp {
  std::string uid;
  std::uint32_t sequence = 0;
  base::Instant made_at;
};

// "jada.7k3m2q@queenofsandiego.example": the UID that a charter or block has in every file and
// invitation. id: its id.
std::string event_uid(std::string_view id, const domain::Tenant& tenant);

// /g/{slug}.ics. Error kind invalid: a text that cannot stand in a calendar.
base::Result<std::string> write_guest_calendar(const domain::GuestView& view,
                                               std::string_view page_url, const EventStamp& stamp);

// /calendar.ics: every entry with its title, boat and dock, on the zones they were made in.
base::Result<std::string> write_owner_calendar(const std::vector<domain::CalendarEntry>& entries,
                                               const domain::Tenant& tenant);

}  // namespace app
