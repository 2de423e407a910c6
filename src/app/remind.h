// remind: whether a reminder may leave now, as the charter, the clock at its dock and the other
// reminders of the same reader say.
#pragma once

#include <optional>
#include <vector>

#include "domain/job.h"
#include "domain/reminders.h"
#include "domain/tenant.h"

#include "app/job_desk.h"

namespace app {

// nullopt: it may. Else how its run ends: stale, later, or an error that no other try will mend.
// jobs: all of the charter's.
std::optional<base::Result<JobResult>> what_holds(const domain::Job& mail,
                                                  const domain::Charter& charter,
                                                  const domain::ReminderRules& rules,
                                                  const std::vector<domain::Job>& jobs,
                                                  base::Instant now);
// When a mail that is due then leaves; nullopt: never, for the trip begins before the quiet ends.
std::optional<base::Instant> time_to_leave(const domain::Charter& charter,
                                           const domain::CivilHours& civil, base::Instant due);
// Of the trip as it is now; nullopt: the tenant has none that long before any more.
std::optional<domain::Reminder> reminder_now(const domain::Job& mail,
                                             const domain::Charter& charter,
                                             const domain::ReminderRules& rules);

}  // namespace app
