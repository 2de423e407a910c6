// write_seat_mail: the mail that asks one member for a seat, and the one that says that nothing
// comes of it: the seat is filled or gone, or the trip is another or off. No calendar part: nothing
// is theirs yet.
#pragma once

#include "base/result.h"

#include "domain/ask_view.h"

#include "app/mail.h"

namespace app {

base::Result<Mail> write_seat_ask(const domain::AskMailView& view, const MailFrame& frame);
base::Result<Mail> write_seat_closed(const domain::AskMailView& view, const MailFrame& frame);

}  // namespace app
