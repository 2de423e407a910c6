#include "app/plan_reminders.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/crew_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/reminder_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Instant;
using base::Result;
using domain::Job;
using domain::JobState;
using domain::Reader;
using domain::Reminder;

namespace {

constexpr const char* said_by_a_later_one =
    "Nobody looked when this was due; a later reminder says it";
constexpr const char* trip_had_begun =
    "Nobody looked when this was due, and by then the trip had begun";

struct Look {
  const Job& job;
  const domain::Charter& charter;
  const domain::Tenant& tenant;
  const std::vector<Job>& jobs;
  const std::map<domain::MemberId, GivenAnswer>& answers;
  Instant now;
};

bool has_newer_look(const std::vector<Job>& jobs, const Job& look) {
  return std::ranges::any_of(jobs, [&](const Job& one) {
    return one.kind == domain::JobKind::reminders && one.revision > look.revision;
  });
}

// A trip that is moved a little comes to the same hours once more: who was reminded just before is
// not reminded again, but told what changed.
bool was_just_reminded(const Look& look, const Job& mail) {
  return std::ranges::any_of(look.jobs, [&](const Job& one) {
    return one.kind == mail.kind && one.member == mail.member && one.to == mail.to &&
           one.revision < mail.revision && one.state == JobState::done && one.finished_at &&
           look.now - *one.finished_at < domain::reminders_apart;
  });
}

bool is_known(const Look& look, const Job& job) {
  return std::ranges::find(look.jobs, job.id, &Job::id) != look.jobs.end();
}

void owe(ports::Changes& changes, const Look& look, Job mail) {
  if (!is_known(look, mail) && !was_just_reminded(look, mail)) plan(changes, std::move(mail));
}

void owe_crew(ports::Changes& changes, const Look& look, const Reminder& reminder) {
  for (const domain::Slot& slot : look.charter.crew) {
    const domain::Member* member = look.tenant.member(slot.member);
    const auto answer = standing_answer(look.charter, slot, look.answers);
    if (!member || answer == domain::Answer::no) continue;
    owe(changes, look, crew_reminder_job(look.job, reminder, *member, look.now));
  }
}

void owe_mails(ports::Changes& changes, const Look& look, const Reminder& reminder) {
  const domain::Guest& guest = look.charter.guest;
  if (reminder.reader == Reader::crew)
    owe_crew(changes, look, reminder);
  else if (look.charter.has_guest_page() && !guest.email.empty())
    owe(changes, look, guest_reminder_job(look.job, reminder, guest, look.now));
}

bool is_nearest(const std::vector<Reminder>& owed, const Reminder& one) {
  return std::ranges::none_of(owed, [&](const Reminder& other) {
    return other.reader == one.reader && other.before < one.before;
  });
}

void owe_all(ports::Changes& changes, const Look& look, const std::vector<Reminder>& owed) {
  const bool has_begun = look.charter.starts.utc <= look.now;
  for (const Reminder& reminder : owed) {
    if (!has_begun && is_nearest(owed, reminder)) {
      owe_mails(changes, look, reminder);
      continue;
    }
    const Job missed =
        has_begun
            ? missed_reminder(look.job, reminder, JobState::failed, trip_had_begun, look.now)
            : missed_reminder(look.job, reminder, JobState::stale, said_by_a_later_one, look.now);
    if (!is_known(look, missed)) note(changes, missed);
  }
}

Result<JobResult> look_once(const ports::TenantStore& store, const World& world, const Job& job) {
  const auto charter = TRY(load_charter(store, job.charter));
  const auto jobs = TRY(jobs_of(store, job.charter));
  const bool is_off = !charter || charter->value.is_cancelled();
  if (is_off || job.revision < charter->value.facts_revision || has_newer_look(jobs, job))
    return JobResult(JobOutcome::stale);
  const auto tenant = TRY(load_tenant(store));
  const auto answers = TRY(answers_of(store, job.charter));
  const Look look{job, charter->value, tenant.value, jobs, answers, world.now()};
  const domain::ReminderRules& rules = tenant.value.reminders;
  auto owed = domain::reminders_after(since_of(job), trip_of(look.charter), rules);
  std::erase_if(owed, [&](const Reminder& one) { return one.leaves_at > look.now; });
  const auto next = next_look(look.charter, rules, look.now);
  if (owed.empty())
    return next ? JobResult::later(*next, base::format_utc(look.now)) : JobResult(JobOutcome::done);
  auto changes = store.changes();
  changes.check(charter_place(job.charter), charter->version);
  changes.check(tenant_place(), tenant.version);
  const std::size_t checks = changes.list().size();
  owe_all(changes, look, owed);
  if (next)
    if (Job following = look_after(job, *next, look.now); !is_known(look, following))
      plan(changes, std::move(following));
  if (changes.list().size() > checks) TRY(store.commit(changes));
  return JobResult(JobOutcome::done);
}

}  // namespace

Result<JobResult> plan_reminders(const ports::TenantStore& store, const World& world,
                                 const Job& look) {
  return decide([&] { return look_once(store, world, look); });
}

}  // namespace app
