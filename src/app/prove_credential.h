// prove_credential: whether a program's token is good: "<tenant>.<key id>.<secret>".
// unauthenticated, code missing-credential or wrong-credential: proxies strip headers, so the two
// differ. A token of another tenant is a wrong one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>

#include "app/credential_record.h"
#include "app/world.h"

namespace app {

// bcrypt takes tens of milliseconds of a core on purpose. At most so many checks run at once and so
// many wait.
class BcryptGate {
 public:
  BcryptGate(int running_max, int waiting_max)
      : running_max_(running_max), waiting_max_(waiting_max) {}
  // unavailable when too many wait already.
  base::Result<bool> matches(std::string_view secret, const std::string& hash);

 private:
  const int running_max_;
  const int waiting_max_;
  int running_ = 0;
  int waiting_ = 0;
  std::mutex mutex_;
  std::condition_variable free_;
};

// The key id, for the audit trail.
base::Result<std::string> prove_dashboard_token(const ports::TenantStore& store, const World& world,
                                                std::string_view token);
base::Result<std::string> prove_service_key(const ports::TenantStore& store, BcryptGate& gate,
                                            std::string_view token);

// What a new credential is made of: the token to hand out once, and the record.
struct NewCredential {
  std::string token;
  Credential record;
};
base::Result<NewCredential> new_credential(const World& world, const domain::TenantId& tenant,
                                           CredentialKind kind);

}  // namespace app
