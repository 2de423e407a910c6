#include "app/check_photo.h"

#include "app/decide.h"
#include "app/photo_jobs.h"
#include "app/photo_record.h"
#include "app/receive_photo.h"

namespace app {

using base::Result;
using domain::Photo;

namespace {

Result<void> forget(const ports::TenantStore& store, const Photo& promised) {
  return decide([&]() -> Result<void> {
    const auto photo = TRY(load_photo(store, promised.charter, promised.id));
    if (!photo || photo->value.state != domain::PhotoState::pending) return {};
    auto ledger = TRY(load_ledger(store, promised.charter));
    ledger.value.remove(promised.id);
    auto changes = store.changes();
    changes.remove(photo_place(promised.charter, promised.id), photo->version);
    changes.put(ledger_place(promised.charter), ledger.version, encoded(ledger.value));
    return store.commit(changes);
  });
}

}  // namespace

Result<JobOutcome> check_photo(const ports::TenantStore& store, const JobDesk& desk,
                               const domain::Job& job) {
  const auto id = photo_of(job.id);
  const auto photo = TRY(load_photo(store, job.charter, id.value_or(domain::PhotoId())));
  if (!photo) return JobOutcome::void_;
  const std::string key = domain::photo_key(photo->value);
  if (photo->value.state == domain::PhotoState::removed) {
    TRY(desk.world.objects->remove({store.tenant(), key}));
    return JobOutcome::done;
  }
  if (photo->value.state == domain::PhotoState::received) return JobOutcome::done;
  const auto facts = TRY(desk.world.objects->facts({store.tenant(), key}));
  if (facts) {
    TRY(receive_photo(store, desk.world, key, static_cast<std::int64_t>(facts->bytes)));
    return JobOutcome::done;
  }
  TRY(forget(store, photo->value));
  return JobOutcome::void_;
}

}  // namespace app
