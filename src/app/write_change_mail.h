// The change note: tells one person what of a trip they were told is no longer so, old to new, with
// their own link and a newer invitation.
// Always: it names the changes it is given and no others; the link stands exactly once in the text
// and once in the HTML. A member whom a change asks anew, or who has not answered yet, is asked for
// their yes or no; guests are only told.
#pragma once

#include <vector>

#include "base/result.h"

#include "domain/views.h"

#include "app/facts.h"
#include "app/mail.h"

namespace app {

// view: the trip as it is now. Error kind invalid: no change, a change of what is no fact, a value
// that cannot stand in a header or a calendar.
base::Result<Mail> write_crew_change(const domain::CrewMailView& view,
                                     const std::vector<FactChange>& changes,
                                     const MailFrame& frame);
base::Result<Mail> write_guest_change(const domain::GuestMailView& view,
                                      const std::vector<FactChange>& changes,
                                      const MailFrame& frame);

}  // namespace app
