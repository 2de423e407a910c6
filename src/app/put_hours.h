// put_hours: the owner says what one of a charter's crew worked: backfilled, corrected, approved,
// at any time, also of a trip that is over or cancelled. What is approved is what is said, never
// what happens to stand there. What gives or takes an approval settles the charter in the same
// commit, so that no settlement on record is of other hours. Who has left the crew keeps the hours
// they have on record, and those can be closed, corrected and approved too. Refuses: not_found, who
// neither crews the charter nor has hours on record; what domain/hours.h refuses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/hours.h"
#include "domain/ids.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct WrittenStint {
  base::WrittenTime begins;
  base::WrittenTime ends;
};

enum class Approval { given, withheld };

struct HoursPut {
  domain::CharterId charter;
  domain::MemberId member;
  std::optional<domain::Decimal> number;  // else the stints, at the dock
  std::vector<WrittenStint> stints;
  Approval approval = Approval::withheld;
  std::string actor;
};

base::Result<domain::Hours> put_hours(const ports::OwnerStore& store, const World& world,
                                      const HoursPut& put);

}  // namespace app
