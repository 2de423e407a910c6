#include "app/presign_photo.h"

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

Result<Loaded<Charter>> charter_for(const ports::TenantStore& store, const World& world,
                                    const PhotoRequest& request) {
  const auto page = TRY(find_page_name(store, request.page_name));
  if (!page) return gone();
  const auto charter = TRY(load_charter(store, *page));
  if (!charter || !charter->value.has_guest_page() || charter->value.is_cancelled()) return gone();
  const auto key = domain::guest_key_for(world.server_key, *page, charter->value.guest_key);
  if (!base::equal_constant_time(request.guest_key, key)) return gone();
  return *charter;
}

Result<Photo> photo_for(const World& world, const Charter& charter, const PhotoRequest& request) {
  const auto type = domain::photo_type_from(request.content_type);
  if (!type)
    return base::invalid("content_type",
                         "must be a type of " + std::string(domain::photo_types_in_words));
  Photo photo;
  photo.id = domain::photo_id_from(world.entropy->bytes(domain::photo_id_bytes));
  photo.charter = charter.id;
  photo.filename = TRY(domain::cleaned_filename(request.filename));
  photo.type = *type;
  photo.bytes = request.bytes;
  photo.asked_at = world.now();
  return photo;
}

Result<ports::PostForm> form_for(const World& world, const domain::Tenant& tenant,
                                 const Photo& photo, base::Instant expires_at) {
  return world.objects->presign({{tenant.id, domain::photo_key(photo)},
                                 std::string(domain::content_type_of(photo.type)),
                                 photo.bytes,
                                 photo.asked_at,
                                 expires_at,
                                 site_url(world, tenant.sites.guest)});
}

Result<PresignedPhoto> presign_once(const ports::TenantStore& store, const World& world,
                                    const PhotoRequest& request) {
  const auto charter = TRY(charter_for(store, world, request));
  const auto tenant = TRY(load_tenant(store));
  const auto window = domain::upload_window(charter.value, tenant.value.upload_close_hours_after);
  const auto expires_at = domain::form_expiry(window, world.now(), {});
  if (!expires_at) return gone();
  PresignedPhoto answer{TRY(photo_for(world, charter.value, request)), {}, {}};
  Photo& photo = answer.photo;
  auto ledger = TRY(load_ledger(store, charter.value.id));
  TRY(domain::check_room(ledger.value.tally(), photo.bytes));
  answer.form = TRY(form_for(world, tenant.value, photo, *expires_at));
  photo.form_expires_at = answer.form.expires_at;
  ledger.value.entries.push_back({photo.id, photo.bytes});

  auto changes = store.changes();
  changes.check(tenant_place(), tenant.version);
  changes.check(charter_place(photo.charter), charter.version);
  changes.put(ledger_place(photo.charter), ledger.version, encoded(ledger.value));
  changes.put(photo_place(photo.charter, photo.id), ports::absent, encoded(photo));
  plan(changes, photo_job(photo));
  audit(changes, world,
        {"guest",
         "presign_photo",
         charter_partition(photo.charter),
         {{"photo", photo.id.text()}},
         {},
         {{"state", domain::name_of(photo.state)}}});
  remember<ports::Place>(changes, request.call, photo.id.text(), world.now());
  TRY(store.commit(changes));
  return answer;
}

// The photo of the first call with this key.
Result<PresignedPhoto> presign_again(const ports::TenantStore& store, const World& world,
                                     const PhotoRequest& request, const std::string& photo) {
  const auto charter = TRY(charter_for(store, world, request));
  const auto tenant = TRY(load_tenant(store));
  const auto promised = TRY(load_photo(store, charter.value.id, domain::PhotoId(photo)));
  if (!promised || promised->value.form_expires_at <= world.now() ||
      promised->value.state == domain::PhotoState::removed)
    return gone();
  PresignedPhoto answer{promised->value, {}, PresignedPhoto::Source::repeated};
  Photo now = promised->value;
  now.asked_at = world.now();
  answer.form = TRY(form_for(world, tenant.value, now, promised->value.form_expires_at));
  return answer;
}

}  // namespace

Result<PresignedPhoto> presign_photo(const ports::TenantStore& store, const World& world,
                                     const PhotoRequest& request) {
  return decide([&]() -> Result<PresignedPhoto> {
    auto made = presign_once(store, world, request);
    if (made || !request.call) return made;
    if (const auto first = TRY(first_answer<ports::Place>(store, request.call)))
      return presign_again(store, world, request, *first);
    return made;
  });
}

}  // namespace app
