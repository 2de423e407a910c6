// mail_frame: what every mail of a job has in common: its fixed Message-ID and that of the mail
// before it, the tenant's sender, the event's UID.
#pragma once

#include "domain/job.h"
#include "domain/tenant.h"

#include "ports/mailer.h"

#include "app/mail.h"
#include "app/tell.h"

namespace app {

struct Recipient {
  std::string name;
  std::string address;
};

MailFrame mail_frame(const domain::Job& job, const domain::Charter& charter,
                     const domain::Tenant& tenant, const Recipient& to, const Told& told);

ports::OutgoingMail outgoing(const domain::Job& job, const Mail& mail);

}  // namespace app
