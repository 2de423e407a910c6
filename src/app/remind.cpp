#include "app/remind.h"

#include <algorithm>

#include "app/reminder_jobs.h"

namespace app {

using base::Instant;
using base::Result;
using domain::Charter;
using domain::Job;
using domain::Reader;

namespace {

// A reminder of the evening before leaves in the last minute before the quiet: whoever runs it may
// be so much later.
constexpr base::minutes runs_late{5};

// The trip as it is now has another like it, which leaves in its own time.
bool has_another(const Job& mail, const Charter& charter, const domain::ReminderRules& rules) {
  if (mail.revision >= charter.facts_revision) return false;
  const auto now = reminder_now(mail, charter, rules);
  return now && now->leaves_at > charter.changed_at;
}

bool is_overtaken(const Job& mail, const std::vector<Job>& jobs) {
  return std::ranges::any_of(jobs, [&](const Job& one) {
    return one.kind == mail.kind && one.member == mail.member && one.revision >= mail.revision &&
           one.state != domain::JobState::failed && hours_before(one) < hours_before(mail);
  });
}

}  // namespace

std::optional<domain::Reminder> reminder_now(const Job& mail, const Charter& charter,
                                             const domain::ReminderRules& rules) {
  const Reader reader = mail.kind == domain::JobKind::crew_reminder ? Reader::crew : Reader::guest;
  for (const domain::Reminder& one : domain::reminders_of(trip_of(charter), rules))
    if (one.reader == reader && one.before == hours_before(mail)) return one;
  return std::nullopt;
}

std::optional<Instant> time_to_leave(const Charter& charter, const domain::CivilHours& civil,
                                     Instant due) {
  const std::string& zone = charter.starts.zone;
  const Instant leaves = domain::next_civil(due, civil, zone);
  const bool is_of_the_evening = leaves + domain::reminder_before_start > charter.starts.utc &&
                                 domain::is_civil(due - runs_late, civil, zone);
  if (is_of_the_evening) return due;
  return leaves < charter.starts.utc ? std::optional(leaves) : std::nullopt;
}

std::optional<Result<JobResult>> what_holds(const Job& mail, const Charter& charter,
                                            const domain::ReminderRules& rules,
                                            const std::vector<Job>& jobs, Instant now) {
  if (charter.is_cancelled()) return JobResult::stale("The trip was cancelled");
  if (charter.starts.utc <= now)
    return base::invalid("leaves_at", "The trip began before this could leave");
  if (has_another(mail, charter, rules))
    return JobResult::stale("The trip was moved; another reminder leaves for it");
  if (is_overtaken(mail, jobs)) return JobResult::stale("A later reminder says it");
  const auto leaves = time_to_leave(charter, rules.civil, now);
  if (!leaves) return base::invalid("leaves_at", "The trip begins before the quiet hours end");
  if (*leaves > now) return JobResult::later(*leaves);
  return std::nullopt;
}

}  // namespace app
