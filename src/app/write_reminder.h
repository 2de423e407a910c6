// The reminders of a trip that its reader knows of: everything for the day, as it stands when the
// mail leaves. Always: the link stands exactly once in the text and once in the HTML; nothing for
// the calendar, for the invitation is there already. A member who has not answered is asked to.
#pragma once

#include "base/result.h"

#include "domain/views.h"

#include "app/mail.h"

namespace app {

// With the weather, where the view has it. Error kind invalid: a value that cannot stand in a
// header.
base::Result<Mail> write_crew_reminder(const domain::CrewMailView& view, const MailFrame& frame);
// Never with the weather: what it means for the trip is the operator's to say.
base::Result<Mail> write_guest_reminder(const domain::GuestMailView& view, const MailFrame& frame);

}  // namespace app
