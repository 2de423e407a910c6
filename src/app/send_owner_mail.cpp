#include "app/send_owner_mail.h"

#include "app/audit.h"
#include "app/call_status.h"
#include "app/charter_record.h"
#include "app/mail_frame.h"
#include "app/write_owner_mail.h"

namespace app {

namespace json = base::json;
using base::Result;

namespace {

Result<std::optional<AuditEntry>> deed_meant(const ports::TenantStore& store,
                                             const domain::Job& job) {
  const std::string subject = charter_partition(job.charter);
  const domain::DeedId id(job.about);
  if (!is_deed_id(id.text())) return std::optional<AuditEntry>{};
  const auto stored = TRY(store.get(audit_place(subject, id)));
  if (!stored) return std::optional<AuditEntry>{};
  return std::optional(TRY(audit_entry_from(subject, *stored)));
}

OwnerNews news_of(const Deed& deed, const domain::Tenant& tenant) {
  OwnerNews news;
  const domain::MemberId id(text_at(deed.facts, "member"));
  const domain::Member* member = tenant.member(id);
  news.member = member ? member->name : id.text();
  news.role = text_at(deed.facts, "role");
  news.answer = domain::answer_from(text_at(deed.facts, "answer")).value_or(domain::Answer::none);
  for (const json::value& role : list_at(deed.facts, "nobody_left"))
    if (role.is_string()) news.nobody_left.emplace_back(role.get_string());
  news.at_risk = flag_at(deed.facts, "at_risk");
  return news;
}

}  // namespace

Result<JobResult> send_owner_mail(const ports::TenantStore& store, const JobDesk& desk,
                                  const domain::Job& job) {
  const auto sight = TRY(seat_sight(store, job.charter));
  const auto entry = TRY(deed_meant(store, job));
  if (!sight || !entry || entry->undone_by) return JobResult(JobOutcome::stale);
  const domain::Charter& charter = sight->charter.value;
  const domain::Tenant& tenant = sight->tenant.value;
  OwnerNews news = news_of(entry->deed, tenant);
  news.operator_name = tenant.name;
  news.title = charter.title;
  if (const domain::Vessel* vessel = tenant.vessel(charter.vessel)) news.boat = vessel->name;
  news.starts = charter.starts;
  news.ends = charter.ends;
  news.answered_at = base::at(entry->at, charter.starts.zone);
  const MailFrame frame =
      mail_frame(job, charter, tenant, {tenant.name, tenant.owner_email}, Told{});
  const Mail mail = TRY(write_owner_mail(news, call_status(*sight, desk.world.now()), frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(charter.revision);
}

}  // namespace app
