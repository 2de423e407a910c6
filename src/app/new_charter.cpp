#include "app/new_charter.h"

#include "app/charter_record.h"
#include "app/reservations.h"

namespace app {

using base::Result;
using domain::Booking;
using domain::Charter;

namespace {

domain::Busy busy_of(const Charter& charter) {
  return {{charter.starts.utc, charter.ends.utc},
          domain::BusyKind::charter,
          charter.id.text(),
          charter.title};
}

Charter charter_of(const World& world, const domain::Tenant& tenant, const Booking& booking,
                   const domain::Span& span) {
  Charter charter;
  charter.id = domain::CharterId(tenant.id.text() + "." + world.random_text(10));
  charter.channel = booking.channel;
  charter.reference = booking.reference;
  charter.title = booking.title.empty() ? domain::made_title(booking.channel, booking.guest.name)
                                        : booking.title;
  charter.vessel = booking.vessel;
  charter.dock = tenant.vessel(booking.vessel)->dock;
  charter.starts = span.starts;
  charter.ends = span.ends;
  charter.guest = booking.guest;
  charter.crew = booking.crew;
  charter.crew_notes = booking.crew_notes;
  charter.guest_notes = booking.guest_notes;
  charter.checklist = domain::checklist_from(tenant.departure_checklist, tenant.return_checklist);
  charter.booked_at = world.now();
  return charter;
}

}  // namespace

Result<void> reserve_crew(const ports::TenantStore& store, ports::Changes& changes,
                          const domain::Tenant& tenant, const Charter& charter, std::size_t first) {
  for (std::size_t i = first; i < charter.crew.size(); ++i) {
    const domain::Member* member = tenant.member(charter.crew[i].member);
    if (!member) return base::internal("a slot of an unknown member");
    const std::string field = "crew[" + std::to_string(i - first) + "].member";
    TRY(reserve(store, changes, *member, busy_of(charter), tenant.zone, field));
  }
  return {};
}

Result<Charter> put_new_charter(const ports::TenantStore& store, ports::Changes& changes,
                                const World& world, const domain::Tenant& tenant,
                                const NewCharter& wanted) {
  const Booking& booking = wanted.booking;
  if (auto error = base::error_from(domain::faults_of(booking, tenant, wanted.amounts)))
    return *std::move(error);
  const domain::Span span = TRY(domain::span_of(booking, tenant.zone));
  Charter charter = charter_of(world, tenant, booking, span);
  TRY(reserve(store, changes, *tenant.vessel(booking.vessel), busy_of(charter), tenant.zone));
  TRY(reserve_crew(store, changes, tenant, charter, 0));
  if (wanted.page == NewCharter::Page::yes)
    charter.slug = TRY(free_slug(store, booking.channel, base::date_of(charter.starts.wall)));
  TRY(put_new(store, changes, charter));
  return charter;
}

}  // namespace app
