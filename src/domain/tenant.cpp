#include "domain/tenant.h"

#include <algorithm>

namespace domain {

const Vessel* Tenant::vessel(const VesselId& wanted) const {
  auto found =
      std::find_if(vessels.begin(), vessels.end(), [&](const Vessel& v) { return v.id == wanted; });
  return found == vessels.end() ? nullptr : &*found;
}

const Member* Tenant::member(const MemberId& wanted) const {
  auto found =
      std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.id == wanted; });
  return found == members.end() ? nullptr : &*found;
}

}  // namespace domain
