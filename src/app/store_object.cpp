#include "app/store_object.h"

#include "base/crypto.h"

#include "app/photo_record.h"
#include "app/receive_photo.h"

namespace app {

using base::Result;

namespace {

constexpr std::size_t etag_digits = 32;

// S3's is the MD5 of the bytes, but not always; who wants to compare bytes sends their digest.
std::string etag_of(const std::string& key, const ports::ObjectFacts& facts) {
  const std::string what = key + '\0' + std::to_string(facts.version) + '\0' +
                           std::to_string(facts.bytes) + '\0' +
                           std::to_string(facts.changed_at.time_since_epoch().count());
  return base::hex(base::bytes_of(base::sha256(what))).substr(0, etag_digits);
}

StoredObject stored(const std::string& key, const ports::ObjectFacts& facts) {
  return {etag_of(key, facts), facts.version, facts.bytes, facts.content_type, facts.changed_at};
}

}  // namespace

Result<StoreObject> StoreObject::begin(const ports::TenantStore& store, const World& world,
                                       std::string key, const std::string& content_type) {
  if (const auto named = domain::photo_named_by_key(key)) {
    const auto photo = TRY(load_photo(store, named->charter, named->photo));
    if (!photo || photo->value.state == domain::PhotoState::removed)
      return base::not_found("Nobody was promised this photo");
  }
  auto writer = TRY(world.objects->open({store.tenant(), key}, content_type));
  return StoreObject(store, world, std::move(key), std::move(writer));
}

Result<StoredObject> StoreObject::finish() {
  const auto facts = TRY(writer_->finish());
  if (domain::photo_named_by_key(key_))
    TRY(receive_photo(store_, *world_, key_, static_cast<std::int64_t>(facts.bytes)));
  return stored(key_, facts);
}

Result<std::optional<StoredObject>> stored_object(const ports::TenantStore& store,
                                                  const World& world, const std::string& key) {
  const auto facts = TRY(world.objects->facts({store.tenant(), key}));
  if (!facts) return std::optional<StoredObject>{};
  return std::optional(stored(key, *facts));
}

}  // namespace app
