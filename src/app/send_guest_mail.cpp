#include "app/send_guest_mail.h"

#include "app/charter_record.h"
#include "app/choose_mail.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/page_state.h"
#include "app/tell.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;

namespace {

// To an address that was the guest's, unless it is again.
Result<JobResult> send_farewell(const ports::TenantStore& store, const JobDesk& desk,
                                const domain::Job& job, const Charter& charter) {
  const Told told = TRY(last_told(store, job));
  if (job.to == charter.guest.email || told.is_nothing()) return overtaken(job);
  const auto tenant = TRY(load_tenant(store));
  const MailFrame frame = mail_frame(job, charter, tenant.value, {{}, job.to}, told);
  const Mail mail = TRY(former_guest_mail(charter, tenant.value, told.facts, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(charter.revision);
}

}  // namespace

Result<JobResult> send_guest_mail(const ports::TenantStore& store, const JobDesk& desk,
                                  const domain::Job& job) {
  const JobResult stale = overtaken(job);
  const auto loaded = TRY(load_charter(store, job.charter));
  if (loaded && domain::is_former_guest_mail(job.id))
    return send_farewell(store, desk, job, loaded->value);
  if (!loaded || job.revision < loaded->value.facts_revision) return stale;
  const Charter& charter = loaded->value;
  if (charter.guest.email.empty()) return stale;
  const Told told = TRY(last_told(store, job));
  if (charter.is_cancelled() && told.is_nothing()) return stale;
  if (TRY(page_state(store, charter)) == PageState::coming) return JobResult(JobOutcome::wait);
  const auto tenant = TRY(load_tenant(store));
  const MailFrame frame =
      mail_frame(job, charter, tenant.value, {charter.guest.name, charter.guest.email}, told);
  const auto view =
      domain::guest_mail_view(charter, tenant.value, guest_link(desk.world, tenant.value, charter));
  const auto mail = TRY(mail_for_guest(view, told, frame));
  if (!mail) return JobResult(JobOutcome::void_);
  TRY(desk.mailer->send(outgoing(job, *mail)));
  if (charter.is_cancelled()) return JobResult(charter.revision);
  return JobResult(charter.revision, base::to_text(json_of(facts_of(view))));
}

}  // namespace app
