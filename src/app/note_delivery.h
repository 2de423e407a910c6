// note_delivery: the mail service tells later that a mail did not arrive, or that its reader calls
// it spam; it stands on the receipt. Safe to hear twice. unavailable: the mail is being sent at
// this moment; tell again. not_found: no such mail was ever sent to that address.
#pragma once

#include "ports/mailer.h"
#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

base::Result<void> note_delivery(const ports::Installation& installation, const World& world,
                                 const ports::DeliveryNotice& notice);

}  // namespace app
