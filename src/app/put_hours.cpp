#include "app/put_hours.h"

#include <algorithm>

#include "app/audit.h"
#include "app/change_books.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/hours_elsewhere.h"
#include "app/hours_record.h"

namespace app {

using base::Result;
using domain::Charter;
using domain::Hours;

namespace {

Result<base::Instant> at_dock(const base::WrittenTime& written, const Charter& charter,
                              const std::string& field) {
  auto moment = base::resolve(written, charter.starts.zone);
  if (moment) return moment->utc;
  return base::invalid(field, moment.error().message);
}

Result<Hours> said_of(const HoursPut& put, const Charter& charter, const Hours& before) {
  if (put.number) return domain::with_number(before, charter, *put.number);
  std::vector<domain::Stint> stints;
  for (const WrittenStint& written : put.stints) {
    const std::string field = "stints[" + std::to_string(stints.size()) + "]";
    const auto begins = TRY(at_dock(written.begins, charter, field + ".begins_at"));
    const auto ends = TRY(at_dock(written.ends, charter, field + ".ends_at"));
    stints.push_back({begins, ends});
  }
  return domain::with_stints(charter, std::move(stints));
}

Result<void> refuse_two_boats(const ports::TenantStore& store, ports::Changes& changes,
                              const Charter& charter, const domain::MemberId& member,
                              const Hours& hours, base::Instant now) {
  if (hours.stints.empty()) return {};
  const auto elsewhere = TRY(load_hours_elsewhere(store, changes, charter, member, now));
  for (std::size_t i = 0; i < hours.stints.size(); ++i)
    if (const auto* other = domain::in_the_way(hours.stints[i], elsewhere))
      return base::invalid("stints[" + std::to_string(i) + "]", say_to_owner(*other));
  return {};
}

// Theirs aboard; of who has left the crew and has hours on record, the one they had.
Result<domain::Role> role_of(const Charter& charter, const domain::MemberId& member,
                             const Loaded<KeptHours>& before) {
  const auto slot = std::ranges::find(charter.crew, member, &domain::Slot::member);
  if (slot != charter.crew.end()) return slot->role;
  if (before.version == ports::absent)
    return base::not_found("There is no such member in the crew of this charter");
  return before.value.role;
}

domain::Intake with_approved(domain::Intake intake, const domain::MemberId& member,
                             const KeptHours& kept) {
  intake.approved_hours.erase(member);
  if (kept.hours.approved)
    intake.approved_hours[member] = {domain::total_of(kept.hours).value_or(domain::Decimal()),
                                     kept.role};
  return intake;
}

Result<Hours> put_once(const ports::OwnerStore& store, const World& world, const HoursPut& put) {
  const auto charter = TRY(load_charter(store, put.charter));
  if (!charter) return base::not_found("There is no such charter");
  const auto before = TRY(load_hours(store, put.charter, put.member));
  const domain::Role role = TRY(role_of(charter->value, put.member, before));
  Hours hours = TRY(said_of(put, charter->value, before.value.hours));
  hours.approved = put.approval == Approval::given;
  if (hours == before.value.hours) return hours;
  const KeptHours kept{hours, {}, role};
  auto changes = store.changes();
  TRY(refuse_two_boats(store, changes, charter->value, put.member, hours, world.now()));
  changes.check(charter_place(put.charter), charter->version);
  changes.put(hours_place(put.charter, put.member), before.version, encoded(kept));
  if (hours.approved || before.value.hours.approved) {
    const Books books = TRY(load_books(store, put.charter));
    put_books(changes, books, charter->value, with_approved(books.intake.value, put.member, kept));
  }
  audit(changes, world,
        {put.actor,
         "put_hours",
         charter_partition(put.charter),
         {{"member", put.member.text()}},
         hours_said(before.value.hours),
         hours_said(hours)});
  TRY(store.commit(changes));
  return hours;
}

}  // namespace

Result<Hours> put_hours(const ports::OwnerStore& store, const World& world, const HoursPut& put) {
  return decide([&] { return put_once(store, world, put); });
}

}  // namespace app
