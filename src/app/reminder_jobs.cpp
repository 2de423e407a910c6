#include "app/reminder_jobs.h"

#include <algorithm>

#include "base/text.h"

namespace app {

using base::Instant;
using domain::Charter;
using domain::Job;
using domain::JobKind;
using domain::JobState;
using domain::Reader;
using domain::Reminder;
using std::chrono::hours;

namespace {

Job made(const Job& look, JobKind kind, std::string id, Instant now) {
  Job job;
  job.id = domain::JobId(std::move(id));
  job.kind = kind;
  job.charter = look.charter;
  job.revision = look.revision;
  job.planned_at = now;
  job.due_at = now;
  return job;
}

JobKind kind_for(Reader reader) {
  return reader == Reader::crew ? JobKind::crew_reminder : JobKind::guest_reminder;
}

Job mail(const Job& look, const Reminder& reminder, const std::string& whose, Instant now) {
  const JobKind kind = kind_for(reminder.reader);
  const std::string before = std::to_string(reminder.before.count());
  Job job = made(look, kind,
                 domain::job_id_for(look.charter, kind, look.revision).text() + "." + before +
                     (whose.empty() ? "" : "." + whose),
                 now);
  job.about = before;
  return job;
}

// Due and not run, or under way: nobody knows yet what it will have planned.
bool is_overdue(const Job& job, Instant now) {
  return job.kind == JobKind::reminders && job.state == JobState::planned &&
         (job.leased || job.due_at <= now);
}

std::int64_t number_in(const std::string& text) {
  return base::parse_unsigned(text).value_or(0);
}

}  // namespace

domain::Trip trip_of(const Charter& charter) {
  return {{charter.starts.utc, charter.ends.utc}, charter.starts.zone};
}

std::optional<Instant> next_look(const Charter& charter, const domain::ReminderRules& rules,
                                 Instant now) {
  if (charter.is_cancelled() || charter.starts.utc <= now) return std::nullopt;
  const Instant tomorrow = now + reminders_looked_at_every;
  const auto ahead = domain::reminders_after(now, trip_of(charter), rules);
  if (!ahead.empty()) return std::min(ahead.front().leaves_at, tomorrow);
  if (tomorrow >= charter.starts.utc) return std::nullopt;
  return tomorrow;
}

std::optional<Job> reminders_job(const Charter& charter, const domain::ReminderRules& rules,
                                 const std::vector<Job>& jobs, Instant now) {
  const auto due = next_look(charter, rules, now);
  Instant since = now;
  for (const Job& job : jobs)
    if (is_overdue(job, now)) since = std::min(since, since_of(job));
  if (!due && since == now) return std::nullopt;
  if (charter.is_cancelled()) return std::nullopt;
  Job job;
  job.charter = charter.id;
  job.revision = charter.revision;
  job = made(job, JobKind::reminders,
             domain::job_id_for(charter.id, JobKind::reminders, charter.revision).text(), now);
  job.due_at = since == now ? *due : now;
  job.about = base::format_utc(since);
  return job;
}

Job look_after(const Job& look, Instant due, Instant now) {
  const std::string first =
      domain::job_id_for(look.charter, JobKind::reminders, look.revision).text();
  const std::string& id = look.id.text();
  const std::int64_t count = id.size() > first.size() ? number_in(id.substr(first.size() + 1)) : 1;
  Job job = made(look, JobKind::reminders, first + "." + std::to_string(count + 1), now);
  job.due_at = due;
  job.about = base::format_utc(now);
  return job;
}

Instant since_of(const Job& look) {
  const auto since = base::parse_utc(look.about);
  return since ? *since : look.planned_at;
}

Job crew_reminder_job(const Job& look, const Reminder& reminder, const domain::Member& member,
                      Instant now) {
  Job job = mail(look, reminder, member.id.text(), now);
  job.to = member.email;
  job.member = member.id;
  return job;
}

Job guest_reminder_job(const Job& look, const Reminder& reminder, const domain::Guest& guest,
                       Instant now) {
  Job job = mail(look, reminder, {}, now);
  job.to = guest.email;
  return job;
}

Job missed_reminder(const Job& look, const Reminder& reminder, JobState state, std::string why,
                    Instant now) {
  Job job = mail(look, reminder, "missed", now);
  job.to = domain::name_of(reminder.reader);
  job.due_at = reminder.leaves_at;
  job.state = state;
  job.finished_at = now;
  job.last_error = std::move(why);
  return job;
}

bool is_reminder(const Job& job) {
  return job.kind == JobKind::crew_reminder || job.kind == JobKind::guest_reminder;
}

hours hours_before(const Job& reminder) {
  return hours(number_in(reminder.about));
}

}  // namespace app
