#include "domain/tenant.h"

#include <algorithm>

namespace domain {

const Vessel* Tenant::vessel(const VesselId& wanted) const {
  auto found =
      std::find_if(vessels.begin(), vessels.end(), [&](const Vessel& v) { return v.id == wanted; });
  return found == vessels.end() ? nullptr : &*found;
}

bool Member::holds(const Role& role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

const std::string* Member::lacks(const std::vector<std::string>& needs,
                                 std::chrono::year_month_day last_day) const {
  const auto has = [&](const std::string& kind) {
    return std::any_of(credentials.begin(), credentials.end(), [&](const Credential& one) {
      return one.kind == kind && one.expires >= last_day;
    });
  };
  const auto lacked =
      std::find_if(needs.begin(), needs.end(), [&](const auto& kind) { return !has(kind); });
  return lacked == needs.end() ? nullptr : &*lacked;
}

const Member* Tenant::member(const MemberId& wanted) const {
  auto found =
      std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.id == wanted; });
  return found == members.end() ? nullptr : &*found;
}

}  // namespace domain
