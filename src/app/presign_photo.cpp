#include "app/presign_photo.h"

#include <algorithm>

#include "base/crypto.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/links.h"
#include "app/photo_jobs.h"
#include "app/photo_record.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;
using domain::Photo;

namespace {

base::Error gone() {
  return base::not_found("There is no such page, or its key is missing, wrong or over");
}

bool is_open(const Charter& charter, const domain::Tenant& tenant, base::Instant now) {
  return charter.booked_at <= now && now < domain::uploads_close_at(charter, tenant);
}

Result<Loaded<Charter>> charter_for(const ports::TenantStore& store, const World& world,
                                    const PhotoRequest& request) {
  const auto page = TRY(find_page_name(store, request.page_name));
  if (!page) return gone();
  const auto key = domain::guest_key_for(world.server_key, page->charter);
  if (!base::equal_constant_time(request.guest_key, key)) return gone();
  const auto charter = TRY(load_charter(store, page->charter));
  if (!charter || !charter->value.has_guest_page()) return gone();
  return *charter;
}

Photo photo_for(const World& world, const Charter& charter, const PhotoRequest& request) {
  Photo photo;
  photo.id = domain::PhotoId(world.random_text(10));
  photo.charter = charter.id;
  photo.filename = request.filename;
  photo.content_type = request.content_type;
  photo.bytes = request.bytes;
  photo.key = domain::photo_key(photo);
  photo.asked_at = world.now();
  return photo;
}

ports::FormRequest form_request(const World& world, const domain::Tenant& tenant,
                                const Charter& charter, const Photo& photo) {
  const base::Instant latest = std::min(photo.asked_at + domain::photo_form_lives,
                                        domain::uploads_close_at(charter, tenant));
  return {{tenant.id, photo.key},
          photo.content_type,
          photo.bytes,
          photo.asked_at,
          latest,
          site_url(world, tenant.sites.guest)};
}

Result<PresignedPhoto> presign_once(const ports::TenantStore& store, const World& world,
                                    const PhotoRequest& request) {
  const auto charter = TRY(charter_for(store, world, request));
  const auto tenant = TRY(load_tenant(store));
  if (!is_open(charter.value, tenant.value, world.now())) return gone();
  if (auto error = base::error_from(
          domain::faults_of_photo(request.filename, request.content_type, request.bytes)))
    return *std::move(error);
  auto ledger = TRY(load_ledger(store, charter.value.id));
  if (ledger.value.entries.size() >= domain::photos_per_charter_max ||
      ledger.value.bytes() + request.bytes > domain::photo_bytes_per_charter_max)
    return base::Error{base::Kind::limited, "This trip has as many photos as it can take",
                       "photos-full"};
  PresignedPhoto answer;
  Photo& photo = answer.photo;
  photo = photo_for(world, charter.value, request);
  answer.form =
      TRY(world.objects->presign(form_request(world, tenant.value, charter.value, photo)));
  photo.form_expires_at = answer.form.expires_at;
  ledger.value.entries.push_back({photo.id, photo.bytes});

  auto changes = store.changes();
  changes.check(tenant_place(), tenant.version);
  changes.check(charter_place(photo.charter), charter.version);
  changes.put(ledger_place(photo.charter), ledger.version, encoded(ledger.value));
  changes.put(photo_place(photo.charter, photo.id), ports::absent, encoded(photo));
  plan(changes, photo_job(photo));
  audit(changes, world,
        {"guest", "presign_photo", charter_partition(photo.charter), {{"photo", photo.id.text()}}});
  TRY(store.commit(changes));
  return answer;
}

}  // namespace

Result<PresignedPhoto> presign_photo(const ports::TenantStore& store, const World& world,
                                     const PhotoRequest& request) {
  return decide([&] { return presign_once(store, world, request); });
}

}  // namespace app
