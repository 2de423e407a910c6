// choose_mail: which mail tells one person of a trip, by what they were told before: the call or
// the confirmation, if they know nothing or nobody knows what; what changed since; that it is
// cancelled; that it sails without them. None: what they were told still holds.
#pragma once

#include <optional>

#include "domain/charter.h"
#include "domain/tenant.h"
#include "domain/views.h"

#include "app/facts.h"
#include "app/mail.h"
#include "app/write_farewell_mail.h"

namespace app {

// What a member said to facts that went and came back does not count; then they are asked once
// more although no fact is another.
enum class Asked { stands, anew };

base::Result<std::optional<Mail>> mail_for_crew(const domain::CrewMailView& view, const Told& told,
                                                Asked asked, const MailFrame& frame);
base::Result<std::optional<Mail>> mail_for_guest(const domain::GuestMailView& view,
                                                 const Told& told, const MailFrame& frame);
// For somebody who was aboard until now. Of what else changed they hear nothing: the time and the
// place are those that they know.
base::Result<Mail> farewell_mail(const domain::Charter& charter, const domain::Tenant& tenant,
                                 Farewell::Why why, const Facts& told, const MailFrame& frame);
// For an address that was the guest's until now.
base::Result<Mail> former_guest_mail(const domain::Charter& charter, const domain::Tenant& tenant,
                                     const Facts& told, const MailFrame& frame);

}  // namespace app
