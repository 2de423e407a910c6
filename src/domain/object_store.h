// The embedded object store, as its clients know it: one bucket a tenant, and the keys that sign
// for it. Always: derived from the server key, so nothing has to be stored or rotated apart from
// it, and one tenant's keys say nothing of another's.
#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"
#include "domain/pass.h"

namespace domain {

// Where the store stands on a guest host: "/o/{bucket}/{key}".
inline constexpr std::string_view object_store_path = "/o/";
inline constexpr std::string_view object_store_region = "us-east-1";  // what clients assume unsaid
inline constexpr std::string_view object_store_service = "s3";

std::string bucket_of(const TenantId& tenant);  // "jada-photos"

struct ObjectStoreKey {
  std::string access_key_id;  // 20 capital letters and digits, as AWS has them
  std::string secret;
};
ObjectStoreKey object_store_key_for(const ServerKey& key, const TenantId& tenant);

}  // namespace domain
