// Facts of a trip in words that pages and mails share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/words.h"

#include "domain/views.h"

namespace app {

// "Dana’s party of 6", "6 guests"; empty when nothing is known.
std::string say_party(const std::string& first_name, int party_size, const base::Words& words);
// "Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT (3 hours)".
std::string say_when_and_length(const base::Moment& starts, const base::Moment& ends,
                                const base::Words& words);
// That the guest brings the captain; empty when the operator does, which needs no word.
std::string say_contract(domain::Contract contract, const base::Words& words);
// "Ana Reyes, captain (you)", one for each.
std::vector<std::string> say_crew(const std::vector<domain::CrewmateView>& crew,
                                  const base::Words& words);
// What a cancelled trip means for its reader, after the cause where it may be told.
std::string say_cancelled(std::optional<domain::CancelCause> told_cause,
                          const std::string& consequence, const base::Words& words);

// The place on a map; empty when its position is not known.
std::string map_address(const domain::Place& place);

}  // namespace app
