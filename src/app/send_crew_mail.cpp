#include "app/send_crew_mail.h"

#include "app/charter_record.h"
#include "app/crew_page.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/pass_record.h"
#include "app/tenant_record.h"
#include "app/write_crew_mail.h"

namespace app {

using base::Result;

Result<JobOutcome> send_crew_mail(const ports::TenantStore& store, const JobDesk& desk,
                                  const domain::Job& job) {
  const auto charter = TRY(load_charter(store, job.charter));
  if (!charter || job.revision < charter->value.facts_revision) return JobOutcome::stale;
  const auto pass = TRY(find_called(store, job.charter, job.member));
  const auto tenant = TRY(load_tenant(store));
  auto view = crew_page(store, charter->value, tenant.value, job.member);
  if (!view && view.error().kind == base::Kind::not_found) return JobOutcome::stale;
  const auto page = TRY(std::move(view));
  const domain::Member* member = tenant.value.member(job.member);
  if (!pass || !member) return JobOutcome::stale;
  const MailFrame frame =
      mail_frame(job, charter->value, tenant.value, {member->name, member->email});
  const Mail mail =
      TRY(write_crew_mail({page, magic_link(desk.world, tenant.value, *pass)}, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobOutcome::done;
}

}  // namespace app
