#include "app/send_guest_reminder.h"

#include "app/charter_record.h"
#include "app/job_record.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/page_state.h"
#include "app/remind.h"
#include "app/tenant_record.h"
#include "app/write_reminder.h"

namespace app {

using base::Result;
using domain::Charter;

Result<JobResult> send_guest_reminder(const ports::TenantStore& store, const JobDesk& desk,
                                      const domain::Job& job) {
  const auto loaded = TRY(load_charter(store, job.charter));
  if (!loaded) return JobResult(JobOutcome::stale);
  const Charter& charter = loaded->value;
  const auto tenant = TRY(load_tenant(store));
  const auto jobs = TRY(jobs_of(store, job.charter));
  if (auto end = what_holds(job, charter, tenant.value.reminders, jobs, desk.world.now()))
    return *std::move(end);
  if (charter.guest.email.empty()) return JobResult::stale("The guest has no address any more");
  if (charter.guest.email != job.to)
    return JobResult::stale("The trip is another guest's, or has another address");
  if (TRY(page_state(store, charter)) == PageState::coming) return JobResult(JobOutcome::wait);
  const Told told = TRY(told_before_reminder(store, job));
  const MailFrame frame =
      mail_frame(job, charter, tenant.value, {charter.guest.name, charter.guest.email}, told);
  const auto view =
      domain::guest_mail_view(charter, tenant.value, guest_link(desk.world, tenant.value, charter));
  const Mail mail = TRY(write_guest_reminder(view, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(charter.revision);
}

}  // namespace app
