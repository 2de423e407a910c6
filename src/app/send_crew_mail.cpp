#include "app/send_crew_mail.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/crew_page.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/pass_record.h"
#include "app/tell.h"
#include "app/tenant_record.h"
#include "app/write_cancel_mail.h"
#include "app/write_change_mail.h"
#include "app/write_crew_mail.h"
#include "app/write_farewell_mail.h"

namespace app {

using base::Result;

namespace {

bool is_aboard(const domain::Charter& charter, const domain::MemberId& member) {
  return std::ranges::find(charter.crew, member, &domain::Slot::member) != charter.crew.end();
}

// They sailed in their own plans until now; of the others they hear nothing.
Result<JobResult> send_farewell(const JobDesk& desk, const domain::Job& job,
                                const domain::Charter& charter, const domain::Tenant& tenant) {
  const domain::Member* member = tenant.member(job.member);
  const std::string name = member ? member->name : job.member.text();
  const MailFrame frame = mail_frame(job, charter, tenant, {name, job.to});
  const auto view = domain::guest_view(charter, tenant);
  const Farewell about{view.operator_name, name, view.boat, view.starts, view.ends, view.place};
  TRY(desk.mailer->send(outgoing(job, TRY(write_crew_farewell(about, frame)))));
  return JobResult(JobOutcome::done);
}

// Facts that were told and are the same now are nothing to write about.
Result<std::optional<Mail>> mail_for(const domain::CrewMailView& view, const Facts& told,
                                     const domain::Charter& charter, const MailFrame& frame) {
  if (charter.is_cancelled()) {
    if (told.empty()) return std::optional<Mail>{};
    return std::optional(TRY(write_crew_cancellation(view, frame)));
  }
  if (told.empty()) return std::optional(TRY(write_crew_mail(view, frame)));
  const auto changes = changes_between(told, facts_of(view.page));
  if (changes.empty()) return std::optional<Mail>{};
  return std::optional(TRY(write_crew_change(view, changes, frame)));
}

}  // namespace

Result<JobResult> send_crew_mail(const ports::TenantStore& store, const JobDesk& desk,
                                 const domain::Job& job) {
  const JobResult stale(JobOutcome::stale);
  const auto charter = TRY(load_charter(store, job.charter));
  if (!charter || job.revision < charter->value.facts_revision) return stale;
  const auto tenant = TRY(load_tenant(store));
  const Facts told = TRY(last_told(store, job));
  if (!is_aboard(charter->value, job.member))
    return told.empty() ? stale : send_farewell(desk, job, charter->value, tenant.value);
  const auto pass = TRY(find_called(store, job.charter, job.member));
  const domain::Member* member = tenant.value.member(job.member);
  if (!pass || !member) return stale;
  const domain::CrewMailView view{
      TRY(crew_page(store, charter->value, tenant.value, job.member)),
      magic_link(desk.world, tenant.value, *pass)};
  const MailFrame frame =
      mail_frame(job, charter->value, tenant.value, {member->name, member->email});
  const auto mail = TRY(mail_for(view, told, charter->value, frame));
  // It stays on record, so that nobody plans it again (app/call_crew).
  if (!mail) return stale;
  TRY(desk.mailer->send(outgoing(job, *mail)));
  if (charter->value.is_cancelled()) return JobResult(JobOutcome::done);
  return JobResult(JobOutcome::done, base::to_text(json_of(facts_of(view.page))));
}

}  // namespace app
