// Mail: a finished mail, and what its writer must be told besides the view.
// Always: the same view and frame give the same bytes, so that a repeat can be recognised.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace app {

struct MailFrame {
  std::string message_id;   // "<…@host>", fixed per job
  std::string replies_to;   // such an id of the mail that told last; empty: it is the first
  std::string fairlead_id;  // of the job, in X-Fairlead-Id
  base::Instant date;
  std::string from;      // mailbox: "JADA Charters <bookings@sailjada.example>"
  std::string reply_to;  // mailbox; empty: none
  std::string to_name;
  std::string to_address;
  std::string uid;             // of the event in the invitation
  std::uint32_t sequence = 0;  // the charter's
};

struct Mail {
  std::string subject;
  std::string message;    // RFC 5322 with CRLF line ends
  std::string sender;     // envelope address
  std::string recipient;  // envelope address
};

}  // namespace app
