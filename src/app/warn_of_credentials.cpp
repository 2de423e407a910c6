#include "app/warn_of_credentials.h"

#include "base/log.h"

#include "domain/roster.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/check_drift.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Credential;
using domain::Job;
using domain::Member;
using domain::Tenant;

namespace {

// A commit takes a hundred changes, and a mail is two of them; the next look has the others.
constexpr std::size_t warned_at_once_max = 40;

Job warning_of(const Tenant& tenant, const Member& member, const Credential& credential,
               base::Instant now) {
  Job job;
  job.id = domain::credential_mail_id_for(tenant.id, member.id, credential);
  job.kind = domain::JobKind::owner_mail;
  job.charter = domain::roster_of(tenant.id);
  job.to = tenant.owner_email;
  job.member = member.id;
  job.about = credential.kind;
  job.planned_at = now;
  job.due_at = now;
  return job;
}

Result<std::vector<Job>> owed(const ports::TenantStore& store, const Tenant& tenant,
                              base::Instant now) {
  // The day turns when the night's look is made.
  const auto today = base::date_of(base::at(now - nights_look_at, tenant.zone).wall);
  std::vector<Job> jobs;
  for (const Member& member : tenant.members)
    for (const Credential& credential : member.credentials) {
      if (state_of(credential, today) == domain::CredentialState::good) continue;
      Job job = warning_of(tenant, member, credential, now);
      if (TRY(load_job(store, job.id))) continue;
      jobs.push_back(std::move(job));
      if (jobs.size() == warned_at_once_max) return jobs;
    }
  return jobs;
}

Result<std::size_t> warn_once(const ports::TenantStore& store, const World& world) {
  const auto tenant = TRY(load_tenant(store));
  const auto jobs = TRY(owed(store, tenant.value, world.now()));
  if (jobs.empty()) return std::size_t{0};
  auto changes = store.changes();
  changes.check(tenant_place(), tenant.version);
  base::json::array told;
  for (const Job& job : jobs) {
    plan(changes, job);
    told.emplace_back(job.id.text());
  }
  audit(changes, world,
        {"nightly check",
         "warn_of_credentials",
         charter_partition(jobs.front().charter),
         {{"jobs", std::move(told)}}});
  TRY(store.commit(changes));
  return jobs.size();
}

}  // namespace

Result<std::size_t> warn_of_credentials(const JobDesk& desk, const KeepGoing& keep_going) {
  std::size_t warned = 0;
  for (const domain::TenantId& tenant : TRY(desk.installation.tenants())) {
    if (!keep_going()) break;
    const auto store = desk.installation.operations(tenant);
    const auto planned = decide([&] { return warn_once(store, desk.world); });
    if (planned)
      warned += *planned;
    else
      base::log::error("cannot look after credentials",
                       {{"tenant", tenant.text()}, {"reason", planned.error().message}});
  }
  return warned;
}

}  // namespace app
