#include "app/plan_seat_mails.h"

#include "app/job_record.h"

namespace app {

using domain::Job;
using domain::JobKind;

namespace {

Job mail_of(const domain::Charter& charter, JobKind kind, std::uint32_t number,
            const std::string& which, base::Instant now) {
  Job job;
  job.id = domain::JobId(domain::job_id_for(charter.id, kind, number).text() + "." + which);
  job.kind = kind;
  job.charter = charter.id;
  job.revision = charter.revision;
  job.planned_at = now;
  job.due_at = now;
  return job;
}

// "2026-11-26T01:38:24.125Z_k3f2a7qm": what comes last tells two deeds apart, and may stand in ids.
std::string last_part(const domain::DeedId& deed) {
  return deed.text().substr(deed.text().rfind('_') + 1);
}

}  // namespace

void plan_seat_mail(ports::Changes& changes, const domain::Charter& charter,
                    const domain::Tenant& tenant, const domain::Ask& ask, std::uint32_t round,
                    base::Instant now) {
  const domain::Member* member = tenant.member(ask.member);
  if (!member) return;
  const bool is_asked = ask.state == domain::AskState::waiting;
  Job job = mail_of(charter, JobKind::seat_ask, round,
                    ask.member.text() + (is_asked ? "" : "-over"), now);
  job.to = member->email;
  job.member = ask.member;
  job.about = domain::name_of(ask.state);
  if (ask.state == domain::AskState::withdrawn && !charter.is_cancelled())
    job.due_at = now + time_to_be_asked_anew;
  plan(changes, std::move(job));
}

void plan_owner_mail(ports::Changes& changes, const domain::Charter& charter,
                     const domain::Tenant& tenant, const domain::DeedId& deed, base::Instant now) {
  Job job = mail_of(charter, JobKind::owner_mail, charter.revision, last_part(deed), now);
  job.to = tenant.owner_email;
  job.about = deed.text();
  plan(changes, std::move(job));
}

}  // namespace app
