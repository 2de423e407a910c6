#include "app/receive_photo.h"

#include <algorithm>

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/photo_jobs.h"
#include "app/photo_record.h"
#include "app/remove_photo.h"

namespace app {

using base::Result;
using domain::Photo;

namespace {

// The job that would look for the photo later has nothing left to do. Leased: it is looking now,
// and will find the photo received.
Result<void> finish_job(const ports::TenantStore& store, ports::Changes& changes,
                        const World& world, const Photo& photo) {
  const auto job = TRY(load_job(store, photo_job(photo).id));
  if (!job || job->value.state != domain::JobState::planned || job->value.attempts > 0) return {};
  domain::Job done = job->value;
  done.state = domain::JobState::done;
  done.due_at = world.now();
  done.finished_at = world.now();
  finish(changes, *job, done);
  return {};
}

// No name of a file: it is the guest's own words.
base::json::object json_of(const Photo& photo) {
  return {{"state", domain::name_of(photo.state)}, {"bytes", photo.bytes}};
}

Result<void> put_received(const ports::TenantStore& store, ports::Changes& changes,
                          const World& world, const Loaded<Photo>& promised, std::int64_t bytes) {
  Photo photo = promised.value;
  auto ledger = TRY(load_ledger(store, photo.charter));
  // Its form may be posted again, up to the size that was announced: that much stays taken.
  const std::int64_t taken = std::max(bytes, ledger.value.remove(photo.id));
  ledger.value.entries.push_back({photo.id, taken});
  photo.state = domain::PhotoState::received;
  photo.bytes = bytes;
  photo.received_at = world.now();
  photo.deed = new_deed_id(world);
  const auto place = photo_place(photo.charter, photo.id);
  changes.put(ledger_place(photo.charter), ledger.version, encoded(ledger.value));
  changes.put(place, promised.version, encoded(photo));
  TRY(finish_job(store, changes, world, photo));
  audit(changes, world,
        {"guest",
         std::string(received_photo),
         charter_partition(photo.charter),
         {{"photo", photo.id.text()}},
         json_of(promised.value),
         json_of(photo),
         UndoPoint{photo.deed, place.sort, encoded(removed(photo))}});
  return {};
}

Result<void> receive_once(const ports::TenantStore& store, const World& world,
                          const domain::PhotoName& name, std::int64_t bytes) {
  const auto loaded = TRY(load_photo(store, name.charter, name.photo));
  if (!loaded) return base::not_found("Nobody was promised this photo");
  const Photo& photo = loaded->value;
  if (photo.state == domain::PhotoState::received && photo.bytes == bytes) return {};
  auto changes = store.changes();
  if (photo.state == domain::PhotoState::removed) {
    changes.check(photo_place(photo.charter, photo.id), loaded->version);
    TRY(owe_removal(store, changes, photo.charter, photo.id, world.now()));
  } else {
    TRY(put_received(store, changes, world, *loaded, bytes));
  }
  return store.commit(changes);
}

}  // namespace

Result<void> receive_photo(const ports::TenantStore& store, const World& world,
                           const std::string& key, std::int64_t bytes) {
  const auto name = domain::photo_named_by_key(key);
  if (!name || domain::tenant_of(name->charter) != store.tenant())
    return base::not_found("Nobody was promised this photo");
  return decide([&]() -> Result<void> {
    // As it stands now: of two that were posted at once the later one is what the list must tell.
    const auto facts = TRY(world.objects->facts({store.tenant(), key}));
    return receive_once(store, world, *name,
                        facts ? static_cast<std::int64_t>(facts->bytes) : bytes);
  });
}

}  // namespace app
