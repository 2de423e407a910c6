#include "app/plan_jobs.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace app {

using domain::Charter;
using domain::Job;
using domain::JobKind;
using domain::Revision;

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

// Whom guests' mails told of the trip that is another's now, or nobody's.
std::optional<std::string> former_address(const Charter& charter, const std::vector<Job>& jobs) {
  std::map<std::string, std::map<Revision, bool>> told;  // by address, whether each mail left it so
  for (const Job& job : jobs) {
    const bool is_others = job.kind == JobKind::guest_mail && job.to != charter.guest.email;
    const bool is_farewell =
        domain::is_former_guest_mail(job.id) && job.state != domain::JobState::stale;
    if (is_others && (is_farewell || !job.told.empty())) told[job.to][job.revision] = !is_farewell;
  }
  for (const auto& [address, mails] : told)
    if (mails.rbegin()->second) return address;
  return std::nullopt;
}

std::vector<Job> guest_mails_to(const std::string& address, const std::vector<Job>& jobs) {
  std::vector<Job> mails;
  std::ranges::copy_if(jobs, std::back_inserter(mails), [&](const Job& job) {
    return job.kind == JobKind::guest_mail && job.to == address;
  });
  return mails;
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

Job books_job(const Charter& charter, base::Instant now) {
  return job_for(charter, JobKind::settle, "books", now);
}

std::vector<Job> jobs_for_crew_change(const Charter& charter, base::Instant now) {
  std::vector<Job> jobs{books_job(charter, now)};
  // Of an open seat somebody may just have been put out.
  const bool concerns_crew = !charter.crew.empty() || !charter.open.empty();
  if (concerns_crew && charter.ends.utc > now)
    jobs.push_back(job_for(charter, JobKind::crew_call, "crew", now));
  return jobs;
}

base::Instant time_to_tell(const Charter& charter, const std::vector<Job>& theirs,
                           base::Instant now) {
  bool told = false;
  base::Instant due = now + domain::changes_gather;
  for (const Job& job : theirs) {
    told |= !job.told.empty();
    // The first change of a burst says when all of it is told.
    const bool waits = job.state == domain::JobState::planned && !job.leased && job.attempts == 0;
    if (waits) due = std::min(due, std::max(job.due_at, now));
  }
  const bool is_soon = charter.starts.utc - now < domain::changes_told_at_once;
  return told && !charter.is_cancelled() && !is_soon ? due : now;
}

std::vector<Job> jobs_for_change(const Charter& charter, const std::vector<Job>& jobs,
                                 base::Instant now) {
  std::vector<Job> made;
  if (charter.has_guest_page())
    made.push_back(job_for(charter, JobKind::guest_page, charter.slug.text() + ".html", now));
  if (charter.ends.utc <= now) return made;
  const bool was_called = std::ranges::find(jobs, JobKind::crew_call, &Job::kind) != jobs.end();
  if (!charter.crew.empty() || was_called)
    made.push_back(job_for(charter, JobKind::crew_call, "crew", now));
  if (!charter.has_guest_page()) return made;
  if (const auto former = former_address(charter, jobs)) {
    made.push_back(job_for(charter, JobKind::guest_mail, *former, now));
    made.back().id = domain::former_guest_mail_id_for(charter.id, charter.revision);
    made.back().due_at = time_to_tell(charter, guest_mails_to(*former, jobs), now);
  }
  if (charter.guest.email.empty()) return made;
  made.push_back(job_for(charter, JobKind::guest_mail, charter.guest.email, now));
  made.back().due_at = time_to_tell(charter, guest_mails_to(charter.guest.email, jobs), now);
  return made;
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
