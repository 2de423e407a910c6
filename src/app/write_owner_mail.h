// write_owner_mail: the owner's mail of what happened on the crew's side of a trip, and how its
// seats stand. Money is no part of it.
#pragma once

#include "domain/views.h"

#include "app/call_status.h"
#include "app/mail.h"

namespace app {

// An answer, or what a look after open seats found; one of them at least.
struct OwnerNews {
  std::string operator_name;
  std::string title;
  std::string boat;
  base::Moment starts;
  base::Moment ends;
  base::Moment answered_at;
  std::string member;  // a name; empty: no answer
  std::string role;
  domain::Answer answer = domain::Answer::none;
  std::vector<std::string> nobody_left;  // roles
  bool at_risk = false;
};

base::Result<Mail> write_owner_mail(const OwnerNews& news, const CallStatus& status,
                                    const MailFrame& frame);

}  // namespace app
