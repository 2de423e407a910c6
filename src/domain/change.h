// Change: which facts of a charter shall be others, and what the charter is then. Always: what is
// not named stays; a length that is not named stays when the start moves. A seat whose member has
// left the tenant's file is open from then on. The members who have to be asked anew, because their
// own time, place, vessel or role became another, are marked in their slots. Refuses (invalid,
// naming the field): what domain::faults_of refuses of what changes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

#include "domain/booking.h"
#include "domain/charter.h"
#include "domain/tenant.h"

namespace domain {

struct GuestChange {
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<int> party_size;
  friend bool operator==(const GuestChange&, const GuestChange&) = default;
};
void take(Guest& guest, const GuestChange& change);

struct Change {
  std::optional<std::string> title;
  std::optional<VesselId> vessel;
  std::optional<std::string> dock;  // a change of vessel without one brings the vessel's
  std::optional<base::WrittenTime> starts_at;
  std::optional<int> duration_minutes;  // at most one of the two
  std::optional<base::WrittenTime> ends_at;
  GuestChange guest;
  std::optional<std::vector<Slot>> crew;  // as a booking's
  std::optional<Contract> contract;
  std::optional<std::string> crew_notes;
  std::optional<std::string> guest_notes;
  std::optional<Slug> slug;
  friend bool operator==(const Change&, const Change&) = default;
};

// The charter with it, of the next revision; the same charter, of the same revision, when nothing
// is another. now: who is over or cancelled is not changed (conflict, code "charter-over"), unless
// the change names nothing.
base::Result<Charter> changed(const Charter& before, const Change& change, const Tenant& tenant,
                              AmountsInNotes amounts, base::Instant now);
// The charter called off, of the next revision. Requires: it is not over.
Charter cancelled(const Charter& before, CancelCause cause, base::Instant now);
// Both conflict, code "charter-over".
base::Result<void> refuse_over(const Charter& charter, base::Instant now);
base::Result<void> refuse_cancelled(const Charter& charter);
// Invalid, field "crew": also of those who were aboard before the contract became this.
base::Result<void> refuse_captain_on_bareboat(const Charter& charter);

}  // namespace domain
