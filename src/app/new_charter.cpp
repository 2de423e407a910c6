#include "app/new_charter.h"

#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/reservations.h"

namespace app {

using base::Result;
using domain::Block;
using domain::Booking;
using domain::Charter;

namespace {

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
  domain::seat(charter, booking.crew);
  charter.contract = booking.contract;
  charter.crew_notes = booking.crew_notes;
  charter.guest_notes = booking.guest_notes;
  charter.checklist = domain::checklist_from(tenant.departure_checklist, tenant.return_checklist);
  charter.booked_at = world.now();
  charter.changed_at = charter.booked_at;
  return charter;
}

// nullopt: no such hold, whether of nobody, of another operator, or a block of another kind.
Result<std::optional<Loaded<Block>>> load_hold(const ports::TenantStore& store,
                                               const domain::BlockId& id) {
  std::optional<Loaded<Block>> none;
  if (id.empty()) return none;
  auto block = TRY(load_block(store, id));
  return block && block->value.kind == domain::BusyKind::hold ? std::move(block) : none;
}

base::Error lapsed_and(const base::Error& busy, const Block& hold) {
  const std::string lapsed = "lapsed at " + base::format_offset_time(*hold.expires);
  base::Error error{base::Kind::conflict,
                    "The hold " + lapsed + ", and " + busy.message,
                    hold_lapsed,
                    {{"hold", lapsed}}};
  error.faults.insert(error.faults.end(), busy.faults.begin(), busy.faults.end());
  return error;
}

// What the hold had is free for the charter that it becomes, at whatever time and on whichever
// vessel that is.
Result<void> reserve_vessel(const ports::TenantStore& store, ports::Changes& changes,
                            base::Instant now, const domain::Tenant& tenant, const Charter& charter,
                            const std::optional<Loaded<Block>>& hold) {
  Reservations reservations(store, now);
  if (hold) {
    TRY(reservations.let_go(hold->value.vessel, hold->value.busy()));
    remove_block(changes, *hold, now);
  }
  const auto taken =
      reservations.take(*tenant.vessel(charter.vessel), busy_of(charter), tenant.zone);
  if (!taken && taken.error().kind == base::Kind::conflict && hold && hold->value.has_lapsed(now))
    return lapsed_and(taken.error(), hold->value);
  TRY(taken);
  return reservations.add_to(changes);
}

// Who is in the way may have come with the hold itself, after it was read here; another try finds
// what is true by then.
Result<void> told_of_one_moment(const ports::TenantStore& store, const base::Error& busy,
                                const std::optional<Loaded<Block>>& hold) {
  if (!hold || busy.kind != base::Kind::conflict) return busy;
  const auto now = TRY(load_hold(store, hold->value.id));
  if (now && now->version == hold->version) return busy;
  return base::Error{
      base::Kind::conflict, "the hold moved meanwhile", std::string(ports::version_moved), {}};
}

Result<void> reserve(const ports::TenantStore& store, ports::Changes& changes, const World& world,
                     const domain::Tenant& tenant, const Charter& charter, const NewCharter& wanted,
                     const std::optional<Loaded<Block>>& hold) {
  TRY(reserve_vessel(store, changes, world.now(), tenant, charter, hold));
  return reserve_crew(store, changes, world, tenant, charter, wanted.booking.crew);
}

}  // namespace

Result<void> reserve_crew(const ports::TenantStore& store, ports::Changes& changes,
                          const World& world, const domain::Tenant& tenant, const Charter& charter,
                          const std::vector<domain::Slot>& named) {
  Reservations reservations(store, world.now());
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i].is_open()) continue;
    const domain::Member* member = tenant.member(named[i].member);
    if (!member) return base::internal("a slot of an unknown member");
    const std::string field = "crew[" + std::to_string(i) + "].member";
    TRY(reservations.take(*member, busy_of(charter), tenant.zone, field));
  }
  return reservations.add_to(changes);
}

Result<Charter> put_new_charter(const ports::TenantStore& store, ports::Changes& changes,
                                const World& world, const domain::Tenant& tenant,
                                const NewCharter& wanted) {
  const Booking& booking = wanted.booking;
  const auto hold = TRY(load_hold(store, wanted.hold));
  std::vector<base::Fault> faults = domain::faults_of(booking, tenant, wanted.amounts);
  if (!hold && !wanted.hold.empty()) faults.push_back({"hold", "there is no such hold"});
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  const domain::Span span = TRY(domain::span_of(booking, tenant.zone));
  if (auto error = base::error_from(domain::faults_of_credentials(booking.crew, tenant, span.ends)))
    return *std::move(error);
  Charter charter = charter_of(world, tenant, booking, span);
  const auto reserved = reserve(store, changes, world, tenant, charter, wanted, hold);
  if (!reserved) TRY(told_of_one_moment(store, reserved.error(), hold));
  if (wanted.page == NewCharter::Page::yes)
    charter.slug = TRY(free_slug(store, booking.channel, base::date_of(charter.starts.wall)));
  TRY(put_new(store, changes, charter));
  return charter;
}

}  // namespace app
