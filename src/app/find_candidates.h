// find_candidates: who is asked now for the seats of a charter that are up for grabs, by role,
// rank, availability, credentials and other trips.
#pragma once

#include "app/seat_sight.h"

namespace app {

struct Candidates {
  struct One {
    const domain::Member* member;  // of the sight's tenant
    domain::Role role;
  };
  std::vector<One> to_ask;
  // Roles with open seats for which nobody has time left to answer, and nobody is left to ask.
  std::set<domain::Role> nobody_left;
};

// most: people to ask in one go. waiting_for: the asks that still run, by role.
base::Result<Candidates> find_candidates(const ports::TenantStore& store, const SeatSight& sight,
                                         const std::multiset<domain::Role>& waiting_for,
                                         base::Instant now, std::size_t most);

// What a member has in their way of a charter.
base::Result<domain::Diary> diary_of(const ports::TenantStore& store,
                                     const domain::MemberId& member, const domain::Charter& charter,
                                     base::Instant now);

}  // namespace app
