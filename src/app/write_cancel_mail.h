// The cancellation: tells one person that a trip will not take place and takes it out of their
// calendar (METHOD:CANCEL).
// Always: of the cause only what domain::told_cause lets through is told; the link, to a page that
// says the same, stands exactly once in the text and once in the HTML. Nothing that was only for
// the day is said: no notes, no list, no map.
#pragma once

#include "base/result.h"

#include "domain/views.h"

#include "app/facts.h"
#include "app/mail.h"

namespace app {

// told: what its reader knows of the trip, which is what the mail must name for them to know which
// one it is, whatever the trip was to become since. Error kind invalid: a value that cannot stand
// in a header or a calendar.
base::Result<Mail> write_crew_cancellation(const domain::CrewMailView& view, const Facts& told,
                                           const MailFrame& frame);
base::Result<Mail> write_guest_cancellation(const domain::GuestMailView& view, const Facts& told,
                                            const MailFrame& frame);

}  // namespace app
