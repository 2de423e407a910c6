// cancel_charter: the owner calls a trip off. One commit frees the vessel's and the crew's time,
// settles the books to what is kept of the gross, and owes every page and mail that follows.
// Refuses (nothing is changed): a charter that is over, a revision that is no longer there.
#pragma once

#include <optional>
#include <string>

#include "domain/decimal.h"

#include "app/put_change.h"

namespace app {

struct Cancellation {
  Meant meant;
  domain::CancelCause cause = domain::CancelCause::operator_;
  std::string kept;  // of the gross, as it was written; empty: nothing
  std::optional<domain::Decimal> cancelled_hours;  // that the crew is paid all the same
  std::string actor;
};
// The slot is free at once; the crew and the guest are told, if they had been told of the trip.
base::Result<domain::Charter> cancel_charter(const ports::OwnerStore& store, const World& world,
                                             const Cancellation& request);

}  // namespace app
