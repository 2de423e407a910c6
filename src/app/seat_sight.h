// Seat sight: all that is known of a charter's seats at one moment: who holds them, who has said
// what, who was asked, and which are up for grabs.
#pragma once

#include "domain/tenant.h"

#include "app/ask_record.h"

namespace app {

struct SeatSight {
  Loaded<domain::Charter> charter;
  Loaded<domain::Tenant> tenant;
  std::map<domain::MemberId, GivenAnswer> answers;
  std::vector<Loaded<KeptAsk>> asks;
  std::set<domain::MemberId> declined;
  std::vector<domain::Role> seats;  // up for grabs, a role for each

  std::size_t seats_of(const domain::Role& role) const;
  // Somebody has such a seat, and has not declined.
  bool is_filled(const domain::Role& role) const;
  // Asked about this trip as it is now.
  bool is_current(const domain::Ask& ask) const;
};

// nullopt: no such charter.
base::Result<std::optional<SeatSight>> seat_sight(const ports::TenantStore& store,
                                                  const domain::CharterId& charter);

}  // namespace app
