// The crew call: asks one member to crew one trip, with their personal link and an invitation.
// Always: the magic link stands exactly once in the text and once in the HTML, and nowhere else.
#pragma once

#include "base/result.h"

#include "domain/views.h"

#include "app/mail.h"

namespace app {

// Error kind invalid: a value that cannot stand in a header or a calendar.
base::Result<Mail> write_crew_mail(const domain::CrewMailView& view, const MailFrame& frame);

}  // namespace app
