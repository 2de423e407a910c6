#include "app/send_crew_reminder.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/crew_page.h"
#include "app/job_record.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/pass_record.h"
#include "app/remind.h"
#include "app/show_weather.h"
#include "app/tenant_record.h"
#include "app/write_reminder.h"

namespace app {

using base::Result;
using domain::Charter;

namespace {

bool is_aboard(const Charter& charter, const domain::MemberId& member) {
  return std::ranges::find(charter.crew, member, &domain::Slot::member) != charter.crew.end();
}

}  // namespace

Result<JobResult> send_crew_reminder(const ports::TenantStore& store, const JobDesk& desk,
                                     const domain::Job& job) {
  const auto loaded = TRY(load_charter(store, job.charter));
  if (!loaded) return JobResult(JobOutcome::stale);
  const Charter& charter = loaded->value;
  const auto tenant = TRY(load_tenant(store));
  const base::Instant now = desk.world.now();
  const domain::ReminderRules& rules = tenant.value.reminders;
  const auto jobs = TRY(jobs_of(store, job.charter));
  if (auto end = what_holds(job, charter, rules, jobs, now)) return *std::move(end);
  const domain::Member* member = tenant.value.member(job.member);
  if (!member || !is_aboard(charter, job.member))
    return JobResult::stale("They are no longer aboard");
  auto page = TRY(crew_page(store, charter, tenant.value, job.member));
  if (page.reader_answer == domain::Answer::no) return JobResult::stale("They said no");
  const auto pass = TRY(find_called(store, job.charter, job.member));
  if (!pass)
    return base::unavailable("They have not been called yet, and have no page of their own");
  const auto reminder = reminder_now(job, charter, rules);
  if (reminder && reminder->has_weather)
    page.weather = TRY(show_weather(store, charter, tenant.value, now));
  const domain::CrewMailView view{std::move(page), magic_link(desk.world, tenant.value, *pass)};
  const Told told = TRY(told_before_reminder(store, job));
  const MailFrame frame =
      mail_frame(job, charter, tenant.value, {member->name, member->email}, told);
  const Mail mail = TRY(write_crew_reminder(view, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(charter.revision);
}

}  // namespace app
