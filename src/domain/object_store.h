// The embedded object store, as its clients know it: one bucket a tenant, and the keys that sign
// for it. Always: derived from the server key, so nothing secret is stored, and one tenant's keys
// say nothing of another's. The key of forms never leaves the server; a key of the owner's programs
// belongs to one dashboard token and dies with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/sigv4.h"

#include "domain/ids.h"
#include "domain/pass.h"

namespace domain {

// Where the store stands on a guest host: "/o/{bucket}/{key}".
inline constexpr std::string_view object_store_path = "/o/";
inline constexpr std::string_view object_store_region = "us-east-1";  // what clients assume unsaid
inline constexpr std::string_view object_store_service = "s3";

std::string bucket_of(const TenantId& tenant);  // "jada-photos"

// Whether a key is the bucket's: all but the top of the tenant's objects, where its pages are.
bool is_in_bucket(std::string_view key);
// Signs the forms that guests post.
base::AwsSigner form_signer(const ServerKey& key, const TenantId& tenant);
// Signs the requests of a program that holds the dashboard token with this key id.
base::AwsSigner owner_signer(const ServerKey& key, const TenantId& tenant,
                             std::string_view dashboard_key_id);
// The key id that an owner's access key belongs to; nullopt: not of the form.
std::optional<std::string> dashboard_key_of(std::string_view access_key_id);

}  // namespace domain
