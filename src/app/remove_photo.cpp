#include "app/remove_photo.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/photo_jobs.h"
#include "app/photo_record.h"

namespace app {

using base::Result;
using domain::Photo;
using domain::PhotoState;

namespace {

Result<void> remove_once(const ports::TenantStore& store, const World& world,
                         const domain::CharterId& charter, const domain::PhotoId& id,
                         const std::string& actor) {
  const auto loaded = TRY(load_photo(store, charter, id));
  if (!loaded || loaded->value.state == PhotoState::removed)
    return base::not_found("There is no such photo");
  const Photo photo = removed(loaded->value);
  auto changes = store.changes();
  changes.put(photo_place(charter, id), loaded->version, encoded(photo));
  TRY(owe_removal(store, changes, charter, id, world.now()));
  audit(changes, world,
        {actor,
         "remove_photo",
         charter_partition(charter),
         {{"photo", id.text()}},
         {{"state", domain::name_of(loaded->value.state)}},
         {{"state", domain::name_of(photo.state)}}});
  return store.commit(changes);
}

}  // namespace

Result<void> owe_removal(const ports::TenantStore& store, ports::Changes& changes,
                         const domain::CharterId& charter, const domain::PhotoId& id,
                         base::Instant now) {
  auto ledger = TRY(load_ledger(store, charter));
  ledger.value.remove(id);
  changes.put(ledger_place(charter), ledger.version, encoded(ledger.value));
  const auto job = TRY(load_job(store, photo_job_id(charter, id)));
  if (job)
    replay(changes, *job, now);
  else
    plan(changes, photo_removal_job(charter, id, now));
  return {};
}

Result<void> remove_photo(const ports::TenantStore& store, const World& world,
                          const domain::CharterId& charter, const domain::PhotoId& photo,
                          const std::string& actor) {
  return decide([&] { return remove_once(store, world, charter, photo, actor); });
}

}  // namespace app
