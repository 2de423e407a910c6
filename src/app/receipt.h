// The receipt: everything a charter caused, each planned, done, failed or stale; how its crew
// stands, and what they ticked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/job.h"
#include "domain/tenant.h"

#include "app/call_status.h"
#include "app/drift.h"

namespace app {

// A crew call stands with one planned mail for each person whom it will tell, until whoever hears
// of it has planned them. Nobody is called to a trip that is cancelled. A look at reminders or
// open seats stands there when its time has come: what is ahead is the messages'
// (app/preview_messages.h) and the call's.
std::vector<domain::Job> with_planned_mails(std::vector<domain::Job> jobs,
                                            const domain::Charter& charter,
                                            const domain::Tenant& tenant, base::Instant now);

struct Ticked {
  domain::ChecklistItem item;
  bool done = false;
  std::string by = {};  // a name
  std::optional<base::Instant> at = {};
};

struct Receipt {
  std::vector<domain::Job> jobs;
  domain::Revision revision = 1;
  Artefacts artefacts;
  CallStatus call;
  std::vector<Ticked> checklist;
};

// not_found when there is no such charter.
base::Result<Receipt> receipt_of(const ports::OwnerStore& store, const World& world,
                                 const domain::CharterId& charter);

}  // namespace app
