#include "app/change_charter.h"

#include "app/audit.h"
#include "app/books_record.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;
using domain::Intake;

namespace {

Result<domain::Money> money_in(const std::string& text, const char* field,
                               const domain::Currency& currency) {
  const auto money = domain::parse_money(text, currency);
  if (money) return *money;
  return base::invalid(field, "must be an amount in " + currency.code() + " such as \"840.75\"");
}

struct Books {
  Loaded<domain::Rates> rates;
  Loaded<Intake> intake;
  std::optional<ports::Stored> settlement;
};

Result<Books> load_books(const ports::OwnerStore& store, const domain::CharterId& charter) {
  auto rates = TRY(load_rates(store));
  auto intake = TRY(load_intake(store, charter));
  auto settlement = TRY(store.get(settlement_place(charter)));
  return Books{std::move(rates), std::move(intake), std::move(settlement)};
}

Result<Intake> changed_intake(const Books& books, const ChangeRequest& request) {
  Intake intake = books.intake.value;
  if (request.gross)
    intake.gross = TRY(money_in(*request.gross, "gross", books.rates.value.currency));
  intake.captain_fee = request.captain_fee.value_or(intake.captain_fee);
  intake.internal_notes = request.internal_notes.value_or(intake.internal_notes);
  return intake;
}

// The books as of this revision, in the commit that makes it.
void put_books(ports::OwnerChanges& changes, const Books& books, const Charter& charter,
               const Intake& intake) {
  changes.check(rates_place(), books.rates.version);
  if (encoded(intake) == encoded(books.intake.value))
    changes.check(intake_place(charter.id), books.intake.version);
  else
    changes.put(intake_place(charter.id), books.intake.version, encoded(intake));
  const auto settlement = domain::settle(intake, charter, books.rates.value);
  changes.put(settlement_place(charter.id),
              books.settlement ? books.settlement->version : ports::absent,
              base::to_text(record_of(settlement, charter.revision)));
}

base::json::object amounts_of(const Intake& before, const Intake& after) {
  base::json::object amounts;
  if (before.gross) amounts["gross_before"] = domain::text_of(*before.gross);
  if (after.gross) amounts["gross"] = domain::text_of(*after.gross);
  return amounts;
}

Result<Charter> change_once(const ports::OwnerStore& store, const World& world,
                            const ChangeRequest& request) {
  const auto tenant = TRY(load_tenant(store));
  const auto before = TRY(load_meant(store, request.meant));
  const Books books = TRY(load_books(store, before.value.id));
  const Intake intake = TRY(changed_intake(books, request));
  Charter after = TRY(domain::changed(before.value, request.change, tenant.value, request.amounts,
                                      world.now()));
  const bool same_books = encoded(intake) == encoded(books.intake.value);
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
  audit(changes, world,
        {request.actor,
         "change_charter",
         charter_partition(after.id),
         {{"revision", after.revision}},
         facts_on_record(before.value),
         facts_on_record(after)},
        amounts_of(books.intake.value, intake));
  TRY(store.commit(changes));
  return after;
}

Result<Charter> cancel_once(const ports::OwnerStore& store, const World& world,
                            const Cancellation& request) {
  const auto tenant = TRY(load_tenant(store));
  const auto before = TRY(load_meant(store, request.meant));
  TRY(domain::refuse_over(before.value, world.now()));
  const Books books = TRY(load_books(store, before.value.id));
  Intake intake = books.intake.value;
  if (!request.kept.empty())
    intake.gross = TRY(money_in(request.kept, "kept", books.rates.value.currency));
  else if (intake.gross)
    intake.gross->minor = 0;
  const Charter after = domain::cancelled(before.value, request.cause);
  auto changes = store.changes();
  TRY(put_change(store, changes, world, tenant.value, before, after));
  changes.check(tenant_place(), tenant.version);
  put_books(changes, books, after, intake);
  audit(changes, world,
        {request.actor,
         "cancel_charter",
         charter_partition(after.id),
         {{"revision", after.revision}, {"cause", domain::name_of(request.cause)}}},
        amounts_of(books.intake.value, intake));
  TRY(store.commit(changes));
  return after;
}

}  // namespace

Result<Charter> change_charter(const ports::OwnerStore& store, const World& world,
                               const ChangeRequest& request) {
  return decide([&] { return change_once(store, world, request); });
}

Result<Charter> cancel_charter(const ports::OwnerStore& store, const World& world,
                               const Cancellation& request) {
  return decide([&] { return cancel_once(store, world, request); });
}

}  // namespace app
