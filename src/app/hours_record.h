// The hours of a charter's crew: one record a member, beside the charter's own, so that its
// revision stays still. No money: what they are paid for stands with the owner alone.
#pragma once

#include <map>

#include "domain/hours.h"
#include "domain/ids.h"

#include "app/record_json.h"

namespace app {

struct KeptHours {
  domain::Hours hours;
  domain::DeedId deed = {};  // the crew's own deed that it comes from; empty: the owner's
  domain::Role role = {};    // theirs aboard when it was said; empty: not known
};

ports::Place hours_place(const domain::CharterId& charter, const domain::MemberId& member);
std::string encoded(const KeptHours& kept);
KeptHours hours_from(const base::json::object& body);
// Nobody has said anything: nothing, version absent.
base::Result<Loaded<KeptHours>> load_hours(const ports::TenantStore& store,
                                           const domain::CharterId& charter,
                                           const domain::MemberId& member);
base::Result<std::map<domain::MemberId, KeptHours>> hours_of(const ports::TenantStore& store,
                                                             const domain::CharterId& charter);

// State, total and stints, as the audit trail and the API say them; times at that zone's clock.
base::json::object hours_said(const domain::Hours& hours, const std::string& zone = "UTC");

}  // namespace app
