#include "app/object_key.h"

#include "domain/object_store.h"

#include "app/credential_record.h"

namespace app {

base::Result<std::optional<base::AwsSigner>> find_object_key(const ports::TenantStore& store,
                                                             const World& world,
                                                             std::string_view access_key_id) {
  const auto key_id = domain::dashboard_key_of(access_key_id);
  if (!key_id || key_id->empty()) return std::optional<base::AwsSigner>{};
  if (!TRY(load_credential(store, CredentialKind::dashboard_token, *key_id)))
    return std::optional<base::AwsSigner>{};
  return std::optional(domain::owner_signer(world.server_key, store.tenant(), *key_id));
}

}  // namespace app
