#include "app/change_charter.h"

#include "app/audit.h"
#include "app/change_books.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;
using domain::Intake;

namespace {

Result<Intake> changed_intake(const Books& books, const Charter& charter,
                              const ChangeRequest& request) {
  Intake intake = books.intake.value;
  if (request.gross)
    (charter.is_cancelled() ? intake.kept : intake.gross) =
        TRY(amount_in(books, "gross", *request.gross));
  intake.captain_fee = request.captain_fee.value_or(intake.captain_fee);
  intake.internal_notes = request.internal_notes.value_or(intake.internal_notes);
  if (request.cancelled_hours && !charter.is_cancelled())
    return base::invalid("cancelled_hours", "this charter is not cancelled");
  if (request.cancelled_hours) intake.cancelled_hours = request.cancelled_hours;
  return intake;
}

// A trip that a crew system made has no page until it has a guest.
Result<void> name_page(const ports::TenantStore& store, const Charter& before, Charter& after) {
  const bool has_guest = !after.guest.name.empty() || !after.guest.email.empty();
  if (after.revision == before.revision || after.has_guest_page() || !has_guest) return {};
  after.slug = TRY(free_slug(store, after.channel, base::date_of(after.starts.wall)));
  return {};
}

Deed deed_of(const ChangeRequest& request, const Charter& before, const Charter& after) {
  Deed deed{request.actor,
            "change_charter",
            charter_partition(after.id),
            {{"revision", after.revision}},
            facts_on_record(before),
            facts_on_record(after)};
  if (request.amounts == domain::AmountsInNotes::allowed) deed.facts["amounts_allowed"] = true;
  return deed;
}

Result<Charter> change_once(const ports::OwnerStore& store, const World& world,
                            const ChangeRequest& request) {
  const auto tenant = TRY(load_tenant(store));
  const auto before = TRY(load_meant(store, request.meant));
  const Books books = TRY(load_books(store, before.value.id));
  const Intake intake = TRY(changed_intake(books, before.value, request));
  Charter after = TRY(
      domain::changed(before.value, request.change, tenant.value, request.amounts, world.now()));
  TRY(name_page(store, before.value, after));
  const bool same_books = says_the_same(intake, books.intake.value);
  const bool same = after.revision == before.value.revision;
  if (same && same_books) return after;
  // What only the books say is no fact of the trip: nobody is told.
  if (same) after.revision += 1;
  auto changes = store.changes();
  if (same)
    put_changed(changes, after, before.version);
  else
    TRY(put_change(store, changes, world, tenant.value, before, after));
  changes.check(tenant_place(), tenant.version);
  put_books(changes, books, after, intake);
  audit(changes, world, deed_of(request, before.value, after),
        gross_change(earned(books.intake.value, before.value), earned(intake, after)));
  TRY(store.commit(changes));
  return after;
}

}  // namespace

Result<Charter> change_charter(const ports::OwnerStore& store, const World& world,
                               const ChangeRequest& request) {
  return decide([&] { return change_once(store, world, request); });
}

}  // namespace app
