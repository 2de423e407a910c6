#include "app/call_crew.h"

#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/pass_record.h"
#include "app/plan_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

namespace {

constexpr std::size_t pass_id_bytes = 10;

Result<void> call_once(const ports::TenantStore& store, const World& world,
                       const ports::CrewAnnouncement& announcement) {
  const auto charter = TRY(load_charter(store, announcement.charter));
  if (!charter) return base::not_found("There is no such charter");
  const auto tenant = TRY(load_tenant(store));
  auto changes = store.changes();
  changes.check(charter_place(announcement.charter), charter->version);
  bool anybody = false;
  for (const domain::Slot& slot : charter->value.crew) {
    const domain::Member* member = tenant.value.member(slot.member);
    if (!member || TRY(find_called(store, announcement.charter, slot.member))) continue;
    const domain::Pass pass{domain::PassId(world.random_text(pass_id_bytes)), announcement.charter,
                            slot.member};
    changes.put(pass_place(pass.id), ports::absent, encoded(pass));
    changes.put(called_place(pass.charter, pass.member), ports::absent, encoded_called(pass.id));
    plan(changes, crew_mail_job(charter->value, announcement.revision, slot.member, member->email,
                                world.now()));
    anybody = true;
  }
  if (!anybody) return {};
  return store.commit(changes);
}

}  // namespace

Result<bool> is_crew_called(const ports::TenantStore& store, const domain::CharterId& charter) {
  const auto loaded = TRY(load_charter(store, charter));
  if (!loaded) return true;
  const auto tenant = TRY(load_tenant(store));
  for (const domain::Slot& slot : loaded->value.crew)
    if (tenant.value.member(slot.member) && !TRY(find_called(store, charter, slot.member)))
      return false;
  return true;
}

Result<void> call_crew(const ports::TenantStore& store, const World& world,
                       const ports::CrewAnnouncement& announcement) {
  return decide([&] { return call_once(store, world, announcement); });
}

}  // namespace app
