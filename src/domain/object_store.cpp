#include "domain/object_store.h"

namespace domain {

namespace {

constexpr std::size_t access_key_length = 20;

std::string capitals(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

}  // namespace

std::string bucket_of(const TenantId& tenant) {
  return tenant.text() + "-photos";
}

ObjectStoreKey object_store_key_for(const ServerKey& key, const TenantId& tenant) {
  return {capitals(derived(key, "object-store-id", tenant.text(), "").substr(0, access_key_length)),
          derived(key, "object-store-secret", tenant.text(), "")};
}

}  // namespace domain
