#include "app/availability_page.h"

#include "app/availability_record.h"
#include "app/reservations.h"
#include "app/set_availability.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::AvailabilityView;
using std::chrono::sys_days;
using std::chrono::year_month_day;

namespace {

// The months that they touch are shown whole.
constexpr std::chrono::weeks shown{9};

year_month_day day_after(year_month_day day) {
  return year_month_day(sys_days(day) + std::chrono::days(1));
}

year_month_day last_shown(year_month_day today) {
  const year_month_day end(sys_days(today) + shown);
  return year_month_day(end.year() / end.month() / std::chrono::last);
}

// The dock's days on which the member is under way, be it for a minute.
Result<AwayDays> days_of_trips(const ports::TenantStore& store, const World& world,
                               const domain::MemberId& member, const domain::Interval& span,
                               const std::string& zone) {
  AwayDays days;
  for (const domain::Busy& busy : TRY(busy_of(store, member, span, world.now()))) {
    const auto last = base::date_of(base::at(busy.time.until, zone).wall - base::minutes(1));
    for (auto day = base::date_of(base::at(busy.time.from, zone).wall); day <= last;
         day = day_after(day))
      days.insert(day);
  }
  return days;
}

}  // namespace

Result<AvailabilityView> availability_page(const ports::TenantStore& store, const World& world,
                                           const domain::MemberId& member) {
  const auto tenant = TRY(load_tenant(store));
  const domain::Member* reader = tenant.value.member(member);
  if (!reader) return base::not_found("There is no such crew member");
  const std::string& zone = tenant.value.zone;
  AvailabilityView view;
  view.operator_name = tenant.value.name;
  view.reader_name = reader->name;
  view.today = dock_day(world, zone);
  view.last = year_month_day(sys_days(view.today) + domain::away_days_ahead_max);
  const auto end = day_after(last_shown(view.today));
  const domain::Interval span{base::start_of_day(view.today, zone), base::start_of_day(end, zone)};
  const AwayDays away = TRY(load_away(store, member)).value;
  const AwayDays trips = TRY(days_of_trips(store, world, member, span, zone));
  for (auto day = view.today; day < end; day = day_after(day))
    view.days.push_back({day, away.contains(day) ? domain::Sails::cannot : domain::Sails::can,
                         trips.contains(day)});
  const AwayDays later = domain::from_on(away, end);
  view.later.assign(later.begin(), later.end());
  return view;
}

}  // namespace app
