#include "app/rotate_credential.h"

#include <algorithm>

#include "app/audit.h"
#include "app/decide.h"
#include "app/prove_credential.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

Result<std::string> rotate_credential(const ports::OwnerStore& store, const World& world,
                                      CredentialKind kind) {
  return decide([&]() -> Result<std::string> {
    const auto tenant = TRY(load_tenant(store));
    const auto live = TRY(credentials_of(store, kind));
    NewCredential made = TRY(new_credential(world, store.tenant(), kind));
    // Records hold whole seconds: twice in one second must still tell the older from the newer, or
    // the secret that was to go may stay.
    if (!live.empty())
      made.record.made_at =
          std::max(made.record.made_at, live.back().value.made_at + std::chrono::seconds(1));
    auto changes = store.changes();
    changes.check(tenant_place(), tenant.version);
    changes.put(credential_place(kind, made.record.key_id), ports::absent, encoded(made.record));
    for (std::size_t i = 0; i + 1 < live.size(); ++i)
      changes.remove(credential_place(kind, live[i].value.key_id), live[i].version);
    audit(changes, world,
          {"command line",
           "rotate_credential",
           tenant_place().partition,
           {{"kind", name_of(kind)}, {"key_id", made.record.key_id}}});
    TRY(store.commit(changes));
    return made.token;
  });
}

}  // namespace app
