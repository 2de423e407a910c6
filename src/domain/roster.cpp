#include "domain/roster.h"

#include <algorithm>
#include <iterator>

namespace domain {

using std::chrono::sys_days;

std::string_view name_of(CredentialState state) {
  switch (state) {
    case CredentialState::good:
      return "good";
    case CredentialState::expires_soon:
      return "expires-soon";
    case CredentialState::lapsed:
      return "lapsed";
  }
  return "";
}

CredentialState state_of(const Credential& credential, std::chrono::year_month_day today) {
  if (credential.expires < today) return CredentialState::lapsed;
  const bool is_soon = sys_days(credential.expires) - sys_days(today) <= credential_warned_before;
  return is_soon ? CredentialState::expires_soon : CredentialState::good;
}

std::vector<MissingCredential> missing_of(const Member& member, const CallRules& rules,
                                          std::chrono::year_month_day today) {
  std::vector<MissingCredential> missing;
  for (const Role& role : member.roles) {
    const RoleRules of_role = rules.of(role);
    for (const std::string& kind : of_role.needs)
      if (member.lacks({kind}, today)) missing.push_back({role, kind});
  }
  return missing;
}

std::vector<Role> roles_that_need(const std::string& kind, const Member& member,
                                  const CallRules& rules) {
  std::vector<Role> roles;
  std::ranges::copy_if(member.roles, std::back_inserter(roles), [&](const Role& role) {
    const RoleRules of_role = rules.of(role);
    return std::ranges::find(of_role.needs, kind) != of_role.needs.end();
  });
  return roles;
}

JobId credential_mail_id_for(const TenantId& tenant, const MemberId& member,
                             const Credential& credential) {
  return JobId(job_id_for(roster_of(tenant), JobKind::owner_mail, 1).text() + "." + member.text() +
               "." + credential.kind + "." + base::format_date(credential.expires));
}

}  // namespace domain
