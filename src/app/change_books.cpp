#include "app/change_books.h"

#include "app/books_record.h"

namespace app {

using base::Result;
using domain::Intake;

Result<Books> load_books(const ports::OwnerStore& store, const domain::CharterId& charter) {
  auto rates = TRY(load_rates(store));
  auto intake = TRY(load_intake(store, charter));
  auto settlement = TRY(store.get(settlement_place(charter)));
  return Books{std::move(rates), std::move(intake), std::move(settlement)};
}

Result<domain::Money> amount_in(const Books& books, const char* field, const std::string& text) {
  const domain::Currency& currency = books.rates.value.currency;
  const auto money = domain::parse_money(text, currency);
  if (money) return *money;
  return base::invalid(field, "must be an amount in " + currency.code() + " such as \"840.75\"");
}

bool says_the_same(const Intake& one, const Intake& other) {
  return encoded(one) == encoded(other);
}

void put_books(ports::OwnerChanges& changes, const Books& books, const domain::Charter& charter,
               const Intake& intake) {
  changes.check(rates_place(), books.rates.version);
  if (says_the_same(intake, books.intake.value))
    changes.check(intake_place(charter.id), books.intake.version);
  else
    changes.put(intake_place(charter.id), books.intake.version, encoded(intake));
  const auto settlement = domain::settle(intake, charter, books.rates.value);
  changes.put(settlement_place(charter.id),
              books.settlement ? books.settlement->version : ports::absent,
              base::to_text(record_of(settlement, charter.revision)));
}

base::json::object gross_change(const std::optional<domain::Money>& before,
                                const std::optional<domain::Money>& after) {
  base::json::object amounts;
  if (before) amounts["gross_before"] = domain::text_of(*before);
  if (after) amounts["gross"] = domain::text_of(*after);
  return amounts;
}

}  // namespace app
