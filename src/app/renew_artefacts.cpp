#include "app/renew_artefacts.h"

#include <set>

#include "app/audit.h"
#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/plan_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Artefact;
using domain::ArtefactKind;
using domain::JobId;

namespace {

bool is_wanted(const Artefact& artefact, const RenewRequest& request) {
  const bool is_mail =
      artefact.kind == ArtefactKind::crew_mail || artefact.kind == ArtefactKind::guest_mail;
  return artefact.state == domain::ArtefactState::stale &&
         (!is_mail || request.mails == RenewRequest::Mails::too);
}

// Of several artefacts one job may see to, so each job stands here once.
Result<void> run_again(const ports::TenantStore& store, ports::Changes& changes,
                       const std::set<JobId>& jobs, base::Instant now) {
  for (const JobId& id : jobs)
    if (const auto job = TRY(load_job(store, id)))
      if (job->value.state != domain::JobState::planned) replay(changes, *job, now);
  return {};
}

Result<CharterDrift> renew_once(const ports::OwnerStore& store, const World& world,
                                const RenewRequest& request) {
  const auto tenant = TRY(load_tenant(store));
  CharterDrift drift = TRY(drift_of(store, world, tenant.value, request.charter, request.shown));
  auto changes = store.changes();
  std::set<JobId> jobs;
  base::json::array renewed;
  for (const Artefact& artefact : drift.artefacts) {
    if (!is_wanted(artefact, request)) continue;
    renewed.push_back(base::json::object{{"kind", domain::name_of(artefact.kind)},
                                         {"to", artefact.to},
                                         {"reason", artefact.reason}});
    const auto right = entry_of(drift.charter);
    if (artefact.kind == ArtefactKind::calendar_entry)
      TRY(replace_entry(store, changes, request.shown.value_or(right), right));
    else if (!artefact.job.empty())
      jobs.insert(artefact.job);
    else if (artefact.kind == ArtefactKind::books)
      plan(changes, books_job(drift.charter, world.now()));
  }
  if (renewed.empty()) return drift;
  TRY(run_again(store, changes, jobs, world.now()));
  changes.check(charter_place(drift.charter.id), drift.version);
  audit(changes, world,
        {request.actor,
         "renew_artefacts",
         charter_partition(drift.charter.id),
         {{"stale", std::move(renewed)}}});
  TRY(store.commit(changes));
  return drift;
}

}  // namespace

Result<CharterDrift> renew_artefacts(const ports::OwnerStore& store, const World& world,
                                     const RenewRequest& request) {
  return decide([&] { return renew_once(store, world, request); });
}

}  // namespace app
