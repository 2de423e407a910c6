// The farewell: tells a member that a trip goes on without them, or that they are aboard no longer
// and asked anew, and takes it out of their calendar (METHOD:CANCEL).
// Always: nothing of the trip but what they were asked for: no link, no guest, no other name.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"

#include "domain/views.h"

#include "app/mail.h"

namespace app {

// The trip as the member was last told of it.
struct Farewell {
  // declined: they had said no themselves.
  enum class Why { left, declined, asked_anew };

  std::string operator_name;
  std::string member_name;  // empty: the operator's file does not know them any more
  std::string boat;
  base::Moment starts;
  base::Moment ends;
  domain::Place place;
  // In the words that they were told; empty: as the trip is.
  std::string told_when = {};
  std::string told_where = {};
  Why why = Why::left;
};

// Error kind invalid: a value that cannot stand in a header or a calendar.
base::Result<Mail> write_crew_farewell(const Farewell& about, const MailFrame& frame);
// To an address that was the guest's: member_name is not said, for it may be another person's.
base::Result<Mail> write_guest_farewell(const Farewell& about, const MailFrame& frame);

}  // namespace app
