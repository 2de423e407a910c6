// A trip as an event of a calendar program, for its guest and for its crew; a cancelled one as a
// cancelled event.
// Always: no personal link and no key in it, because calendars are shared; UID, sequence and people
// are left to whoever sends it.
#pragma once

#include <string_view>

#include "base/icalendar.h"
#include "base/result.h"

#include "domain/views.h"

namespace app {

// Error kind invalid: a text that cannot stand in a calendar.
base::Result<base::ical::Event> guest_event(const domain::GuestView& view,
                                            std::string_view page_url);
base::Result<base::ical::Event> crew_event(const domain::CrewView& view);
// What takes the trip out of the calendar of one who is no longer needed on it, whatever else goes
// on: a cancelled event that says nothing of the people aboard.
base::Result<base::ical::Event> crew_farewell_event(std::string_view boat,
                                                    const domain::Place& place,
                                                    const base::Moment& starts,
                                                    const base::Moment& ends);
base::Result<base::ical::Event> guest_farewell_event(std::string_view boat,
                                                     std::string_view operator_name,
                                                     const domain::Place& place,
                                                     const base::Moment& starts,
                                                     const base::Moment& ends);

}  // namespace app
