// Sending one finished mail to one recipient.
#pragma once

#include <string>

#include "base/result.h"

namespace ports {

// One recipient per message: a mail server that refuses one of several reports success for the
// rest.
struct OutgoingMail {
  std::string id;      // stable over repeats; names the file in a maildrop
  std::string sender;  // envelope address
  std::string recipient;
  std::string message;  // RFC 5322 with CRLF line ends
};

// What became of a mail after it was taken, as the mail service tells later.
struct DeliveryNotice {
  // doubtful: it may not have arrived, as after a full mailbox or an answer from a robot.
  enum class Kind { bounced, doubtful, complained };
  Kind kind = Kind::bounced;
  std::string mail;       // OutgoingMail's id
  std::string recipient;  // as the service writes it
  std::string reason;     // in the service's words; empty: it gave none
};

class Mailer {
 public:
  virtual ~Mailer() = default;
  // Done when the server (or the disk) has taken it. unavailable: try again later. invalid or
  // denied: never.
  virtual base::Result<void> send(const OutgoingMail& mail) = 0;
  // Whether a mail could be handed over now; sends nothing.
  virtual base::Result<void> probe() = 0;
};

}  // namespace ports
