#include "app/list_at_risk.h"

#include "app/calendar_record.h"
#include "app/tenant_record.h"

namespace app {

base::Result<std::vector<RiskyCharter>> list_at_risk(const ports::TenantStore& store,
                                                     base::Instant now) {
  const auto tenant = TRY(load_tenant(store));
  std::vector<RiskyCharter> list;
  const domain::Interval ahead{now, now + tenant.value.call.fill_by + base::minutes(1)};
  for (const domain::CalendarEntry& entry : TRY(entries_in(store, ahead))) {
    if (entry.kind != domain::BusyKind::charter) continue;
    if (list.size() == at_risk_max) break;
    auto sight = TRY(seat_sight(store, domain::CharterId(entry.id)));
    if (!sight) continue;
    CallStatus status = call_status(*sight, now);
    if (status.is_at_risk) list.push_back({std::move(sight->charter.value), std::move(status)});
  }
  return list;
}

}  // namespace app
