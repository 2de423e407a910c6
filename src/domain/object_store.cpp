#include "domain/object_store.h"

#include "base/text.h"

namespace domain {

namespace {

// Together with the eight characters of a dashboard token's key id: capitals and digits, as AWS's.
constexpr std::string_view owner_prefix = "FAIRLEAD";
constexpr std::size_t form_key_length = 20;

std::string capitals(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

base::AwsSigner signer(std::string access_key_id, std::string secret) {
  return {{std::move(access_key_id), std::move(secret), {}},
          std::string(object_store_region),
          std::string(object_store_service)};
}

}  // namespace

std::string bucket_of(const TenantId& tenant) {
  return tenant.text() + "-photos";
}

bool is_in_bucket(std::string_view key) {
  return key.find('/') != std::string_view::npos;
}

base::AwsSigner form_signer(const ServerKey& key, const TenantId& tenant) {
  const std::string id = derived(key, "object-form-id", tenant.text(), "");
  return signer(capitals(id.substr(0, form_key_length)),
                derived(key, "object-form-secret", tenant.text(), ""));
}

base::AwsSigner owner_signer(const ServerKey& key, const TenantId& tenant,
                             std::string_view dashboard_key_id) {
  return signer(std::string(owner_prefix) + capitals(std::string(dashboard_key_id)),
                derived(key, "object-owner-secret", tenant.text(), dashboard_key_id));
}

std::optional<std::string> dashboard_key_of(std::string_view access_key_id) {
  if (!access_key_id.starts_with(owner_prefix)) return std::nullopt;
  return base::lowered(access_key_id.substr(owner_prefix.size()));
}

}  // namespace domain
