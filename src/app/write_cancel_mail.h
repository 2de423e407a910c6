// The cancellation: tells one person that a trip will not take place and takes it out of their
// calendar (METHOD:CANCEL).
// Always: of the cause only the weather is told; the link, to a page that says the same, stands
// exactly once in the text and once in the HTML. Nothing that was only for the day is said: no
// notes, no list, no map.
#pragma once

#include "base/result.h"

#include "domain/views.h"

#include "app/mail.h"

namespace app {

// Error kind invalid: a value that cannot stand in a header or a calendar.
base::Result<Mail> write_crew_cancellation(const domain::CrewMailView& view,
                                           const MailFrame& frame);
base::Result<Mail> write_guest_cancellation(const domain::GuestMailView& view,
                                            const MailFrame& frame);

}  // namespace app
