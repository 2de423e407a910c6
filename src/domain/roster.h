// Roster: what the owner is to know of their people's credentials on a day: which are good, which
// will not be for long, and which roles somebody cannot fill for want of one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/job.h"
#include "domain/tenant.h"

namespace domain {

// So long before its last day the owner is told of a credential.
inline constexpr std::chrono::days credential_warned_before{30};

// expires_soon: within credential_warned_before, its last day included. lapsed: from the day after
// its last on.
enum class CredentialState { good, expires_soon, lapsed };
std::string_view name_of(CredentialState state);  // "expires-soon"

CredentialState state_of(const Credential& credential, std::chrono::year_month_day today);

// A kind that a role needs and that its holder does not have on that day.
struct MissingCredential {
  Role role;
  std::string kind;
  friend bool operator==(const MissingCredential&, const MissingCredential&) = default;
};
// In the order of the member's roles, and of what each needs.
std::vector<MissingCredential> missing_of(const Member& member, const CallRules& rules,
                                          std::chrono::year_month_day today);
// The member's roles that need it.
std::vector<Role> roles_that_need(const std::string& kind, const Member& member,
                                  const CallRules& rules);

// The mail to the owner about it: "jada.roster.owner_mail.1.ana.licence.2027-06-30". One for each
// last day, so that nobody is told twice of one.
JobId credential_mail_id_for(const TenantId& tenant, const MemberId& member,
                             const Credential& credential);

}  // namespace domain
