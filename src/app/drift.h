// Drift: all that tells of a charter, held against what the charter says now. Reads, and changes
// nothing; app/renew_artefacts.h puts right what is stale.
#pragma once

#include <optional>

#include "domain/calendar.h"

#include "app/subject.h"

namespace app {

struct CharterDrift {
  domain::Charter charter;
  ports::Version version = ports::absent;  // of its record
  Artefacts artefacts;
  std::vector<domain::Job> jobs;  // all that it has
};

// shown: what the calendar was found to show of it; absent: it is looked up. not_found: no such
// charter.
base::Result<CharterDrift> drift_of(const ports::OwnerStore& store, const World& world,
                                    const domain::Tenant& tenant, const domain::CharterId& charter,
                                    const std::optional<domain::CalendarEntry>& shown = {});

}  // namespace app
