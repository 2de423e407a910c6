// renew_artefacts: puts right what is stale of one charter: its jobs run again, its entry in the
// calendar is written anew. One commit; nothing stale is no commit. Safe to repeat.
#pragma once

#include <string>

#include "app/drift.h"

namespace app {

struct RenewRequest {
  domain::CharterId charter;
  std::optional<domain::CalendarEntry> shown = {};  // as drift_of takes it
  enum class Mails { too, left_alone } mails = Mails::too;
  std::string actor;
};

// What was found; what was stale of it is seen to. not_found: no such charter.
base::Result<CharterDrift> renew_artefacts(const ports::OwnerStore& store, const World& world,
                                           const RenewRequest& request);

}  // namespace app
