// store_object: one object on its way into the embedded object store, from its first byte to the
// moment it is durable and, if it is a photo that was promised, received.
// Always: destroyed before finish() answered ok, nothing of it stays. Refuses (not_found): a photo
// that nobody was promised.
#pragma once

#include <memory>
#include <string>

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct StoredObject {
  std::string etag;  // without quotes; another for each version
  std::uint64_t version = 0;
  std::uint64_t bytes = 0;
  std::string content_type;
  base::Instant changed_at;
};

class StoreObject {
 public:
  // world must outlive it.
  static base::Result<StoreObject> begin(const ports::TenantStore& store, const World& world,
                                         std::string key, const std::string& content_type);
  base::Result<void> append(std::string_view bytes) { return writer_->append(bytes); }
  base::Result<StoredObject> finish();

 private:
  StoreObject(ports::TenantStore store, const World& world, std::string key,
              std::unique_ptr<ports::ObjectWriter> writer)
      : store_(std::move(store)),
        world_(&world),
        key_(std::move(key)),
        writer_(std::move(writer)) {}

  ports::TenantStore store_;
  const World* world_;
  std::string key_;
  std::unique_ptr<ports::ObjectWriter> writer_;
};

// nullopt: there is no such object.
base::Result<std::optional<StoredObject>> stored_object(const ports::TenantStore& store,
                                                        const World& world, const std::string& key);

}  // namespace app
