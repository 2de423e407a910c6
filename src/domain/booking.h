// Booking: a message that asks for a charter, read and limited, not yet decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

#include "domain/charter.h"
#include "domain/ids.h"

namespace domain {

struct Tenant;

inline constexpr int duration_minutes_max = 14 * 24 * 60;

struct Booking {
  Channel channel;
  std::string reference;
  std::string title;  // empty: made from channel and guest
  VesselId vessel;
  base::WrittenTime starts_at;
  // Exactly one of the two is set.
  std::optional<int> duration_minutes;
  std::optional<base::WrittenTime> ends_at;
  Guest guest;
  std::vector<Slot> crew;  // without a member: a seat for which one is to be found
  Contract contract = Contract::time_charter;
  std::string crew_notes;
  std::string guest_notes;
};

enum class AmountsInNotes { refused, allowed };

// What the tenant's own facts say against it: unknown vessel or person, role not held, person
// twice, more guests than seats, too many crew, an amount of money in a text that crew or guests
// can read.
std::vector<base::Fault> faults_of(const Booking& booking, const Tenant& tenant,
                                   AmountsInNotes amounts);

// Start and end in the tenant's zone. Errors (invalid) name starts_at, ends_at or duration_minutes.
struct Span {
  base::Moment starts;
  base::Moment ends;
};
base::Result<Span> span_of(const Booking& booking, const std::string& zone);

// A crew list on its own, as POST /events may bring it for a trip that exists.
std::vector<base::Fault> faults_of_crew(const std::vector<Slot>& crew, const Tenant& tenant);

// Why somebody may not fill that seat of a trip that ends then: "Ana Reyes's licence lapses on
// 2027-06-30, before this trip ends". nullopt: they may, as far as their credentials go; so of a
// seat without a member, and of a member who is not there.
std::optional<std::string> lack_of(const Slot& slot, const Tenant& tenant,
                                   const base::Moment& ends);
// The same of a whole list, each fault with its crew[i].member.
std::vector<base::Fault> faults_of_credentials(const std::vector<Slot>& crew, const Tenant& tenant,
                                               const base::Moment& ends);

}  // namespace domain
