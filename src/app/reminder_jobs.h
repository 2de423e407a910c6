// Reminder jobs: the look that comes next at a charter's reminders, and the mail of each person.
// Always: of a charter's newest facts one look is planned at a time, until the trip begins; it
// covers what leaves later than its since, when somebody looked last, and not later than when it
// runs. Every id follows from what the job is about, so that nothing is planned twice.
#pragma once

#include <optional>
#include <vector>

#include "domain/job.h"
#include "domain/reminders.h"
#include "domain/tenant.h"

namespace app {

// A tenant whose rules are others now is right after this at the latest.
inline constexpr std::chrono::hours reminders_looked_at_every{24};

domain::Trip trip_of(const domain::Charter& charter);

// Of a charter that is new, or whose facts are; jobs: those that it has so far. A look that was due
// and has not run is covered by the new one. nullopt: it is cancelled, or has begun.
std::optional<domain::Job> reminders_job(const domain::Charter& charter,
                                         const domain::ReminderRules& rules,
                                         const std::vector<domain::Job>& jobs, base::Instant now);
// When to look again; nullopt: nothing leaves any more.
std::optional<base::Instant> next_look(const domain::Charter& charter,
                                       const domain::ReminderRules& rules, base::Instant now);
// The one that follows a look.
domain::Job look_after(const domain::Job& look, base::Instant due, base::Instant now);
base::Instant since_of(const domain::Job& look);

domain::Job crew_reminder_job(const domain::Job& look, const domain::Reminder& reminder,
                              const domain::Member& member, base::Instant now);
domain::Job guest_reminder_job(const domain::Job& look, const domain::Reminder& reminder,
                               const domain::Guest& guest, base::Instant now);
// For all that a reminder would have been for, when it did not leave: one job, at its end.
domain::Job missed_reminder(const domain::Job& look, const domain::Reminder& reminder,
                            domain::JobState state, std::string why, base::Instant now);

// Whether a job reminds somebody, and so long before the start.
bool is_reminder(const domain::Job& job);
std::chrono::hours hours_before(const domain::Job& reminder);

}  // namespace app
