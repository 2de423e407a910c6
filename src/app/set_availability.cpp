#include "app/set_availability.h"

#include "app/audit.h"
#include "app/availability_record.h"
#include "app/decide.h"
#include "app/tenant_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::AwayDays;

namespace {

json::object json_of(const AwayDays& days) {
  json::array list;
  list.reserve(days.size());
  for (const std::chrono::year_month_day day : days) list.emplace_back(base::format_date(day));
  return {{"away", std::move(list)}};
}

Result<AwayDays> set_once(const ports::TenantStore& store, const World& world,
                          const AvailabilityDeed& deed) {
  const auto tenant = TRY(load_tenant(store));
  if (!tenant.value.member(deed.member)) return base::not_found("There is no such crew member");
  const auto today = dock_day(world, tenant.value.zone);
  const auto before = TRY(load_away(store, deed.member));
  const AwayDays known = domain::from_on(before.value, today);
  AwayDays after = TRY(domain::after_said(before.value, deed.said, today));
  if (after == known) return after;
  auto changes = store.changes();
  changes.check(tenant_place(), tenant.version);
  changes.put(away_place(deed.member), before.version, encoded(after));
  audit(changes, world,
        {deed.actor,
         "set_availability",
         away_place(deed.member).partition,
         {},
         json_of(known),
         json_of(after)});
  TRY(store.commit(changes));
  return after;
}

}  // namespace

std::chrono::year_month_day dock_day(const World& world, const std::string& zone) {
  return base::date_of(base::at(world.now(), zone).wall);
}

Result<AwayDays> set_availability(const ports::TenantStore& store, const World& world,
                                  const AvailabilityDeed& deed) {
  return decide([&] { return set_once(store, world, deed); });
}

}  // namespace app
