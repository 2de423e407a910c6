// Facts of a trip in words that pages and mails share.
#pragma once

#include <string>

#include "base/time.h"
#include "base/words.h"

namespace app {

// "Dana’s party of 6", "6 guests"; empty when nothing is known.
std::string say_party(const std::string& first_name, int party_size, const base::Words& words);
// "Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT (3 hours)".
std::string say_when_and_length(const base::Moment& starts, const base::Moment& ends,
                                const base::Words& words);

}  // namespace app
