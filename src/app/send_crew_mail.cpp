#include "app/send_crew_mail.h"

#include <algorithm>

#include "app/ask_record.h"
#include "app/charter_record.h"
#include "app/choose_mail.h"
#include "app/crew_page.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/pass_record.h"
#include "app/tell.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

namespace {

// So is who left and came back to a trip that was called off before they were asked anew.
bool is_out(const domain::Charter& charter, const domain::MemberId& member,
            const std::optional<domain::PassId>& pass) {
  if (charter.is_cancelled() && !pass) return true;
  return std::ranges::find(charter.crew, member, &domain::Slot::member) == charter.crew.end();
}

Result<Farewell::Why> why_not_aboard(const ports::TenantStore& store, const domain::Job& job) {
  const auto ask = TRY(load_ask(store, job.charter, job.member));
  if (ask && ask->value.ask.state == domain::AskState::waiting) return Farewell::Why::asked_anew;
  const bool declined = job.about == domain::name_of(domain::Answer::no);
  return declined ? Farewell::Why::declined : Farewell::Why::left;
}

Result<JobResult> send_farewell(const ports::TenantStore& store, const JobDesk& desk,
                                const domain::Job& job, const domain::Charter& charter,
                                const Told& told) {
  if (told.is_nothing() || TRY(has_later_mail(store, job))) return overtaken(job);
  const auto tenant = TRY(load_tenant(store));
  const domain::Member* member = tenant.value.member(job.member);
  const MailFrame frame =
      mail_frame(job, charter, tenant.value, {member ? member->name : "", job.to}, told);
  const auto why = TRY(why_not_aboard(store, job));
  const Mail mail = TRY(farewell_mail(charter, tenant.value, why, told.facts, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(charter.revision);
}

}  // namespace

Result<JobResult> send_crew_mail(const ports::TenantStore& store, const JobDesk& desk,
                                 const domain::Job& job) {
  const JobResult stale = overtaken(job);
  const auto charter = TRY(load_charter(store, job.charter));
  if (!charter) return stale;
  const Told told = TRY(told_to_member(store, job));
  // Who has left is no longer called: what is newer than their last mail brings them no other.
  const auto pass = TRY(find_called(store, job.charter, job.member));
  if (is_out(charter->value, job.member, pass))
    return send_farewell(store, desk, job, charter->value, told);
  if (job.revision < charter->value.facts_revision) return stale;
  const auto tenant = TRY(load_tenant(store));
  const domain::Member* member = tenant.value.member(job.member);
  if (!pass || !member) return stale;
  // Not inside the braces: GCC 12 ends the life of a half-built aggregate's members twice.
  auto page = TRY(crew_page(store, charter->value, tenant.value, job.member));
  const domain::CrewMailView view{std::move(page), magic_link(desk.world, tenant.value, *pass)};
  const MailFrame frame =
      mail_frame(job, charter->value, tenant.value, {member->name, member->email}, told);
  const Asked asked = TRY(asked_since(store, charter->value, job.member));
  const auto mail = TRY(mail_for_crew(view, told, asked, frame));
  // It stays on record, so that nobody plans it again (app/call_crew).
  if (!mail) return JobResult(JobOutcome::stale);
  TRY(desk.mailer->send(outgoing(job, *mail)));
  const domain::Revision revision = charter->value.revision;
  if (charter->value.is_cancelled()) return JobResult(revision);
  return JobResult(revision, base::to_text(json_of(facts_of(view.page))));
}

}  // namespace app
