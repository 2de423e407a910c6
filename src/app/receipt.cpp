#include "app/receipt.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/job_record.h"
#include "app/plan_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Job;

namespace {

bool has_mail_for(const std::vector<Job>& jobs, const domain::MemberId& member) {
  return std::any_of(jobs.begin(), jobs.end(), [&](const Job& job) {
    return job.kind == domain::JobKind::crew_mail && job.member == member;
  });
}

// Done: it was announced, but whoever listens to the topic may not have heard it yet.
bool will_plan_mails(const Job& job) {
  return job.kind == domain::JobKind::crew_call &&
         (job.state == domain::JobState::planned || job.state == domain::JobState::done);
}

bool is_ahead(const Job& job, base::Instant now) {
  return job.kind == domain::JobKind::reminders && job.state == domain::JobState::planned &&
         !job.leased && job.due_at > now;
}

}  // namespace

std::vector<Job> with_planned_mails(std::vector<Job> jobs, const domain::Charter& charter,
                                    const domain::Tenant& tenant, base::Instant now) {
  std::vector<Job> all = std::move(jobs);
  std::erase_if(all, [&](const Job& job) { return is_ahead(job, now); });
  for (std::size_t i = 0, calls = all.size(); i < calls; ++i) {
    const Job call = all[i];
    if (!will_plan_mails(call) || charter.is_cancelled()) continue;
    for (const domain::Slot& slot : charter.crew) {
      const domain::Member* member = tenant.member(slot.member);
      if (!member || has_mail_for(all, slot.member)) continue;
      Job mail = crew_mail_job(charter, call.revision, slot.member, member->email, call.planned_at);
      mail.due_at = call.due_at;
      all.push_back(std::move(mail));
    }
  }
  return all;
}

Result<std::vector<Job>> receipt_of(const ports::TenantStore& store, const World& world,
                                    const domain::CharterId& charter) {
  const auto loaded = TRY(load_charter(store, charter));
  if (!loaded) return base::not_found("There is no such charter");
  const auto tenant = TRY(load_tenant(store));
  return with_planned_mails(TRY(jobs_of(store, charter)), loaded->value, tenant.value, world.now());
}

}  // namespace app
