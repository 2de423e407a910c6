// take_booking: one message becomes a charter with everything that must be true of it, in one
// commit: the charter, its settlement, calendar entries, the vessel's and the crew's time, slug,
// reference, idempotency record, jobs and the audit entry. Refuses (nothing is changed): what
// domain::faults_of says; a time the zone does not have; a reference that is a charter already; a
// vessel or person that is busy; a hold that is none (app/new_charter.h). A hold that is named goes
// in the same commit, and its time is free for the charter; nothing it says is taken over.
#pragma once

#include <functional>

#include "domain/booking.h"
#include "domain/job.h"
#include "domain/settlement.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

#include "app/idempotency.h"
#include "app/world.h"

namespace app {

struct BookingRequest {
  domain::Booking booking;
  // Gross as it was written: its currency is the tenant's, which only the verb knows.
  std::string gross;
  domain::CaptainFee captain_fee = domain::CaptainFee::operator_;
  std::string internal_notes;
  domain::AmountsInNotes amounts = domain::AmountsInNotes::refused;
  domain::BlockId hold;  // becomes this charter; empty: none
  std::string actor;
  std::optional<CallKey> call;
};

struct TakenBooking {
  domain::Tenant tenant;
  domain::Charter charter;
  domain::Settlement settlement;
  std::vector<domain::Job> jobs;
};

struct BookingAnswer {
  std::string body;
  enum class Source { fresh, repeated } source = Source::fresh;
};

// The answer's text is made before the commit, because the idempotency record in it holds that
// text.
using RenderBooking = std::function<std::string(const TakenBooking&)>;

base::Result<BookingAnswer> take_booking(const ports::OwnerStore& store, const World& world,
                                         const BookingRequest& request,
                                         const RenderBooking& render);

}  // namespace app
