#include "app/cancel_charter.h"

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

Result<Charter> cancel_once(const ports::OwnerStore& store, const World& world,
                            const Cancellation& request) {
  const auto tenant = TRY(load_tenant(store));
  const auto before = TRY(load_meant(store, request.meant));
  TRY(domain::refuse_over(before.value, world.now()));
  const Books books = TRY(load_books(store, before.value.id));
  Intake intake = books.intake.value;
  if (!request.kept.empty()) intake.kept = TRY(amount_in(books, "kept", request.kept));
  if (intake.kept && intake.gross && intake.kept->minor > intake.gross->minor)
    return base::invalid("kept", "is more than the gross");
  intake.cancelled_hours = request.cancelled_hours;
  const Charter after = domain::cancelled(before.value, request.cause, world.now());
  auto changes = store.changes();
  TRY(put_change(store, changes, world, tenant.value, before, after));
  changes.check(tenant_place(), tenant.version);
  put_books(changes, books, after, intake);
  audit(changes, world,
        {request.actor,
         "cancel_charter",
         charter_partition(after.id),
         {{"revision", after.revision}, {"cause", domain::name_of(request.cause)}},
         facts_on_record(before.value),
         facts_on_record(after)},
        gross_change(earned(books.intake.value, before.value), earned(intake, after)));
  TRY(store.commit(changes));
  return after;
}

}  // namespace

Result<Charter> cancel_charter(const ports::OwnerStore& store, const World& world,
                               const Cancellation& request) {
  return decide([&] { return cancel_once(store, world, request); });
}

}  // namespace app
