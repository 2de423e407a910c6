// The guest's confirmation: everything for the day, their own link and an invitation.
// Always: the guest link stands once in the text and once in the HTML; the invitation carries the
// page's address without the key.
#pragma once

#include "base/result.h"

#include "domain/views.h"

#include "app/mail.h"

namespace app {

// Error kind invalid: a value that cannot stand in a header or a calendar.
base::Result<Mail> write_guest_mail(const domain::GuestMailView& view, const MailFrame& frame);

}  // namespace app
