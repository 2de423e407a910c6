// What SES publishes about mails after it took them, as notices. Always: the mail is told by its
// own X-Fairlead-Id, since SES writes a Message-ID of its own. Whatever is no bounce, refusal or
// complaint about a mail of ours is nothing to say: also the plain words that SES greets a new
// topic with. Source: Amazon SES Developer Guide, "Contents of event data in Amazon SES".
#pragma once

#include <string>
#include <vector>

#include "ports/mailer.h"

namespace adapters {

// One for each recipient concerned.
std::vector<ports::DeliveryNotice> ses_notices_from(const std::string& message);

}  // namespace adapters
