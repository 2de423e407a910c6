// change_charter: the owner makes facts of a charter others: time, vessel, dock, party, guest,
// notes, crew, the page's name; and what only the owner says of it. One commit moves the vessel's
// and the crew's time, the calendar, the page's name, the books, and owes every page and mail that
// follows. What only the owner says can be changed for ever. Refuses (nothing is changed): a
// revision that is no longer there (conflict, code "stale-revision"), other facts of a charter that
// is over, time that is taken, a name that is taken, and what
// domain::changed refuses.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "domain/settlement.h"

#include "app/put_change.h"

namespace app {

struct ChangeRequest {
  Meant meant;
  domain::Change change;
  // Gross as it was written: its currency is the tenant's, which only the verb knows.
  std::optional<std::string> gross;
  std::optional<domain::CaptainFee> captain_fee;
  std::optional<std::string> internal_notes;
  std::optional<domain::Decimal> cancelled_hours;  // of a cancelled charter alone
  domain::AmountsInNotes amounts = domain::AmountsInNotes::refused;
  std::string actor;
};

// The charter as it stands afterwards; unchanged when nothing is another.
base::Result<domain::Charter> change_charter(const ports::OwnerStore& store, const World& world,
                                             const ChangeRequest& request);

}  // namespace app
