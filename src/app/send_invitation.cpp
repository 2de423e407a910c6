#include "app/send_invitation.h"

#include "base/words.h"

#include "app/letter.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/pass_record.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

namespace {

Letter letter_of(const domain::Tenant& tenant, const domain::Member& member,
                 const std::string& link) {
  const base::Words& words = base::Words::of("en");
  Letter letter;
  letter.heading =
      words.say("invitation_mail.heading", {{"name", domain::first_name(member.name)}});
  letter.intro = words.say("invitation_mail.intro", {{"operator", tenant.name}});
  letter.action_label = words.say("crew.days_open");
  letter.action_link = link;
  letter.action_note = words.say("crew_mail.private_link");
  letter.closing = words.say("invitation_mail.closing", {{"operator", tenant.name}});
  letter.signature = tenant.name;
  return letter;
}

}  // namespace

Result<JobResult> send_invitation(const ports::TenantStore& store, const JobDesk& desk,
                                  const domain::Job& job) {
  const auto tenant = TRY(load_tenant(store));
  const domain::Member* member = tenant.value.member(job.member);
  const auto pass = TRY(find_called(store, job.charter, job.member));
  if (!member || !pass) return JobResult(JobOutcome::stale);
  domain::Charter none;
  none.id = job.charter;
  const MailFrame frame =
      mail_frame(job, none, tenant.value, {member->name, member->email}, Told());
  const Letter letter =
      letter_of(tenant.value, *member, magic_link(desk.world, tenant.value, *pass));
  const base::Words& words = base::Words::of("en");
  const std::string subject =
      words.say("invitation_mail.subject", {{"operator", tenant.value.name}});
  const Mail mail = TRY(compose_letter(subject, letter, std::nullopt, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(JobOutcome::done);
}

}  // namespace app
