#include "app/crew_hours.h"

#include <algorithm>

#include "domain/change.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/hours_elsewhere.h"
#include "app/hours_record.h"

namespace app {

using base::Result;
using domain::Hours;

namespace {

const char* verb_of(const HoursDeed& deed) {
  if (std::holds_alternative<ClockIn>(deed)) return "clock_in";
  return std::holds_alternative<ClockOut>(deed) ? "clock_out" : "enter_hours";
}

Result<Hours> after_deed(const Hours& before, const domain::Charter& charter, base::Instant now,
                         const HoursDeed& deed) {
  if (std::holds_alternative<ClockIn>(deed)) return domain::clocked_in(before, charter, now);
  if (std::holds_alternative<ClockOut>(deed)) return domain::clocked_out(before, charter, now);
  TRY(domain::refuse_approved(before));
  if (!domain::clock_has_opened(charter, now))
    return base::conflict("Hours are entered when they are worked, not before",
                          domain::clock_closed);
  return domain::with_number(before, charter, std::get<domain::Decimal>(deed));
}

// Of the stint that a press of the clock began or ended.
Result<void> refuse_two_boats(const ports::TenantStore& store, ports::Changes& changes,
                              const domain::Charter& charter, const domain::MemberId& member,
                              const Hours& hours, base::Instant now) {
  if (hours.stints.empty()) return {};
  const auto elsewhere = TRY(load_hours_elsewhere(store, changes, charter, member, now));
  const auto* other = domain::in_the_way(hours.stints.back(), elsewhere);
  if (!other) return {};
  return base::conflict(say_to_crew(*other), domain::hours_elsewhere);
}

Result<Hours> say_once(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                       const HoursDeed& deed) {
  const auto charter = TRY(load_charter(store, mate.charter));
  if (!charter) return base::not_found("There is no such charter");
  const auto& crew = charter->value.crew;
  const auto slot = std::ranges::find(crew, mate.member, &domain::Slot::member);
  if (slot == crew.end()) return base::not_found("There is no such charter");
  TRY(domain::refuse_cancelled(charter->value));
  const auto before = TRY(load_hours(store, mate.charter, mate.member));
  const Hours hours = TRY(after_deed(before.value.hours, charter->value, world.now(), deed));
  if (hours == before.value.hours) return hours;
  const auto place = hours_place(mate.charter, mate.member);
  const domain::DeedId id = new_deed_id(world);
  auto changes = store.changes();
  TRY(refuse_two_boats(store, changes, charter->value, mate.member, hours, world.now()));
  changes.check(charter_place(mate.charter), charter->version);
  changes.put(place, before.version, encoded({hours, id, slot->role}));
  audit(changes, world,
        {"crew " + mate.member.text(),
         verb_of(deed),
         charter_partition(mate.charter),
         {{"member", mate.member.text()}},
         hours_said(before.value.hours),
         hours_said(hours),
         UndoPoint{id, place.sort, encoded(before.value)}});
  TRY(store.commit(changes));
  return hours;
}

}  // namespace

Result<Hours> crew_hours(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                         const HoursDeed& deed) {
  return decide([&] { return say_once(store, world, mate, deed); });
}

}  // namespace app
