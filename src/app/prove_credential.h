// prove_credential: whether a program's token is good: "<tenant>.<key id>.<secret>".
// unauthenticated, code missing-credential or wrong-credential: proxies strip headers, so the two
// differ. A token of another tenant is a wrong one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "app/credential_record.h"
#include "app/proved_keys.h"
#include "app/world.h"
#include "app/wrong_tries.h"

namespace app {

// bcrypt takes tens of milliseconds of a core on purpose. At most so many checks run at once and so
// many wait, and a key is not checked twice at one time: whoever brings it too waits for what the
// first one finds.
class BcryptGate {
 public:
  BcryptGate(int running_max, int waiting_max)
      : running_max_(running_max), waiting_max_(waiting_max) {}

  // The right to run one check, given back at its end.
  class Turn {
   public:
    Turn(BcryptGate& gate, const base::Digest& key) : gate_(&gate), key_(key) {}
    Turn(Turn&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)), key_(other.key_) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (gate_) gate_->leave(key_);
    }
    bool matches(std::string_view secret, const std::string& hash);

   private:
    BcryptGate* gate_;
    base::Digest key_;
  };
  // nullopt: the same key was just being checked; ask what was found before asking here again.
  // unavailable when too many others wait already.
  base::Result<std::optional<Turn>> enter(const base::Digest& key);
  std::uint64_t checks() const { return checks_.load(std::memory_order_relaxed); }

 private:
  void leave(const base::Digest& key);

  const int running_max_;
  const int waiting_max_;
  int running_ = 0;
  int waiting_ = 0;
  std::mutex mutex_;
  std::set<base::Digest> under_way_;  // that wait or run
  std::condition_variable changed_;
  std::atomic<std::uint64_t> checks_ = 0;
};

// What proving service keys takes, shared by all callers. Keys whose id exists have a gate of their
// own, so that a flood of made-up ones cannot keep out a right one that nobody has proved yet. A
// key that was found wrong stays wrong: it is refused unchecked while it is remembered.
struct ServiceKeyDesk {
  BcryptGate gate;
  BcryptGate gate_of_strangers;
  ProvedKeys proved;
  ProvedKeys refused;
  WrongTries& tries;
};

// The key id, for the audit trail.
base::Result<std::string> prove_dashboard_token(const ports::TenantStore& store, const World& world,
                                                std::string_view token);
// limited, before any work is done for it: the client has to wait (app/wrong_tries.h), and bcrypt
// has not proved this key yet. A wrong key is counted here.
base::Result<std::string> prove_service_key(const ports::TenantStore& store, const World& world,
                                            ServiceKeyDesk& desk, const std::string& client,
                                            std::string_view token);

// What a new credential is made of: the token to hand out once, and the record.
struct NewCredential {
  std::string token;
  Credential record;
};
base::Result<NewCredential> new_credential(const World& world, const domain::TenantId& tenant,
                                           CredentialKind kind);

}  // namespace app
