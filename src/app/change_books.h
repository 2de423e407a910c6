// change_books: the books of a charter as a change finds and leaves them: what the owner alone says
// of it, and the settlement as of the new revision, in the commit that makes it.
#pragma once

#include "domain/settlement.h"

#include "app/record_json.h"

namespace app {

struct Books {
  Loaded<domain::Rates> rates;
  Loaded<domain::Intake> intake;
  std::optional<ports::Stored> settlement;
};

base::Result<Books> load_books(const ports::OwnerStore& store, const domain::CharterId& charter);
// Errors: invalid, naming the field, for what is no amount in the tenant's currency.
base::Result<domain::Money> amount_in(const Books& books, const char* field,
                                      const std::string& text);
bool says_the_same(const domain::Intake& one, const domain::Intake& other);
void put_books(ports::OwnerChanges& changes, const Books& books, const domain::Charter& charter,
               const domain::Intake& intake);
// For the owner's part of the audit.
base::json::object gross_change(const std::optional<domain::Money>& before,
                                const std::optional<domain::Money>& after);

}  // namespace app
