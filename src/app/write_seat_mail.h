// write_seat_mail: the mail that asks one member for a seat, and the one that says it went to
// somebody else before they answered. No calendar part: nothing is theirs yet.
#pragma once

#include "base/result.h"

#include "domain/ask_view.h"

#include "app/mail.h"

namespace app {

base::Result<Mail> write_seat_ask(const domain::AskMailView& view, const MailFrame& frame);
base::Result<Mail> write_seat_taken(const domain::AskMailView& view, const MailFrame& frame);

}  // namespace app
