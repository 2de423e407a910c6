// write_roster_mail: the mail to the owner about a credential of one of their people.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

#include "domain/roster.h"

#include "app/mail.h"

namespace app {

struct TripAfter {
  std::string title;
  base::Moment starts;
};

struct RosterNews {
  std::string operator_name;
  std::string member_name;
  domain::Credential credential;
  domain::CredentialState state = domain::CredentialState::expires_soon;
  std::vector<domain::Role> roles;  // that need it; empty: none of theirs
  std::vector<TripAfter> trips;     // that they are aboard of after its last day
};

base::Result<Mail> write_roster_mail(const RosterNews& news, const MailFrame& frame);

}  // namespace app
