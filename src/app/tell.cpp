#include "app/tell.h"

#include <algorithm>
#include <iterator>

#include "app/job_record.h"

namespace app {

using base::Result;
using domain::Job;

namespace {

bool is_to_the_same(const Job& one, const Job& other) {
  if (one.kind != other.kind) return false;
  return one.kind == domain::JobKind::crew_mail ? one.member == other.member : one.to == other.to;
}

}  // namespace

Result<Facts> last_told(const ports::TenantStore& store, const Job& job) {
  const Job* last = nullptr;
  const auto jobs = TRY(jobs_of(store, job.charter));
  for (const Job& one : jobs) {
    const bool was_sent = one.finished_at && (one.state == domain::JobState::done ||
                                              one.state == domain::JobState::failed);
    if (!was_sent || one.id == job.id || !is_to_the_same(one, job)) continue;
    // One that was given up told nothing; one that came back was sent.
    if (one.state == domain::JobState::failed && one.told.empty()) continue;
    if (!last || last->finished_at < one.finished_at) last = &one;
  }
  if (!last || last->told.empty()) return Facts{};
  return facts_from(TRY(base::parse_own_object(last->told)));
}

std::vector<Job> mails_of(const std::vector<Job>& jobs, const domain::MemberId& member) {
  std::vector<Job> mails;
  std::ranges::copy_if(jobs, std::back_inserter(mails), [&](const Job& job) {
    return job.kind == domain::JobKind::crew_mail && job.member == member;
  });
  return mails;
}

}  // namespace app
