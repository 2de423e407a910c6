#include "app/plan_jobs.h"

namespace app {

using domain::Charter;
using domain::Job;
using domain::JobKind;

namespace {

Job job_for(const Charter& charter, JobKind kind, std::string to, base::Instant now) {
  Job job;
  job.id = domain::job_id_for(charter.id, kind, charter.revision);
  job.kind = kind;
  job.charter = charter.id;
  job.revision = charter.revision;
  job.to = std::move(to);
  job.planned_at = now;
  job.due_at = now;
  return job;
}

}  // namespace

std::vector<Job> jobs_for_new(const Charter& charter, base::Instant now) {
  std::vector<Job> jobs;
  const bool over = charter.ends.utc <= now;
  if (charter.has_guest_page())
    jobs.push_back(job_for(charter, JobKind::guest_page, charter.slug.text() + ".html", now));
  if (!charter.crew.empty() && !over)
    jobs.push_back(job_for(charter, JobKind::crew_call, "crew", now));
  if (charter.has_guest_page() && !charter.guest.email.empty() && !over)
    jobs.push_back(job_for(charter, JobKind::guest_mail, charter.guest.email, now));
  return jobs;
}

std::vector<Job> jobs_for_crew_change(const Charter& charter, base::Instant now) {
  std::vector<Job> jobs{job_for(charter, JobKind::settle, "books", now)};
  if (!charter.crew.empty() && charter.ends.utc > now)
    jobs.push_back(job_for(charter, JobKind::crew_call, "crew", now));
  return jobs;
}

Job crew_mail_job(const Charter& charter, domain::Revision revision, const domain::MemberId& member,
                  const std::string& address, base::Instant now) {
  Job job = job_for(charter, JobKind::crew_mail, address, now);
  job.id = domain::crew_mail_id_for(charter.id, revision, member);
  job.revision = revision;
  job.member = member;
  return job;
}

}  // namespace app
