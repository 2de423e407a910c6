#include "domain/call_rules.h"

namespace domain {

RoleRules CallRules::of(const Role& role) const {
  if (const auto found = roles.find(role); found != roles.end()) return found->second;
  RoleRules rules;
  if (role == captain_role) rules.mode = AskMode::one;
  return rules;
}

}  // namespace domain
