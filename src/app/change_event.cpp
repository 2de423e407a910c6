#include "app/change_event.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/plan_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;

namespace {

// What both have in common: the change, the books' job, the deed.
Result<Charter> commit_change(const ports::TenantStore& store, const World& world,
                              const Loaded<domain::Tenant>& tenant, const Loaded<Charter>& before,
                              const Charter& after, Deed deed) {
  auto changes = store.changes();
  TRY(put_change(store, changes, world, tenant.value, before, after));
  plan(changes, books_job(after, world.now()));
  changes.check(tenant_place(), tenant.version);
  deed.subject = charter_partition(after.id);
  deed.facts["revision"] = after.revision;
  audit(changes, world, deed);
  TRY(store.commit(changes));
  return after;
}

Result<Charter> change_once(const ports::TenantStore& store, const World& world,
                            const EventChange& request) {
  const auto tenant = TRY(load_tenant(store));
  const auto before = TRY(load_meant(store, request.meant));
  const Charter after = TRY(domain::changed(before.value, request.change, tenant.value,
                                            domain::AmountsInNotes::refused, world.now()));
  if (after.revision == before.value.revision) return after;
  return commit_change(store, world, tenant, before, after,
                       {request.actor,
                        "change_event",
                        {},
                        {},
                        facts_on_record(before.value),
                        facts_on_record(after)});
}

Result<Charter> cancel_once(const ports::TenantStore& store, const World& world, const Meant& meant,
                            const std::string& actor) {
  const auto tenant = TRY(load_tenant(store));
  const auto before = TRY(load_meant(store, meant));
  TRY(domain::refuse_over(before.value, world.now()));
  const Charter after =
      domain::cancelled(before.value, domain::CancelCause::operator_, world.now());
  return commit_change(
      store, world, tenant, before, after,
      {actor, "cancel_event", {}, {}, facts_on_record(before.value), facts_on_record(after)});
}

}  // namespace

Result<Charter> change_event(const ports::TenantStore& store, const World& world,
                             const EventChange& request) {
  return decide([&] { return change_once(store, world, request); });
}

Result<Charter> cancel_event(const ports::TenantStore& store, const World& world,
                             const Meant& meant, const std::string& actor) {
  return decide([&] { return cancel_once(store, world, meant, actor); });
}

}  // namespace app
