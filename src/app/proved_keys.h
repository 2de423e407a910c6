// ProvedKeys: service keys that bcrypt has judged in this process (right ones in one, wrong ones in
// another), so that only the first call with a key costs tens of milliseconds. Always: what is kept
// is an HMAC, under a key that this process made at its start, over tenant, key id, secret and the
// stored hash as it reads now. So a rotated or revoked key is unknown at once, nothing kept is of
// use outside this process, and how long a question takes tells a caller nothing that they can
// choose. Only a proof enters, so wrong keys cannot push right ones out; the oldest makes room when
// it is full.
#pragma once

#include <cstddef>
#include <cstring>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/crypto.h"

#include "app/credential_record.h"

namespace app {

struct ClaimedKey {
  const domain::TenantId& tenant;
  const Credential& record;
  std::string_view secret;
};

class ProvedKeys {
 public:
  ProvedKeys(std::string process_key, std::size_t keys_max)
      : process_key_(std::move(process_key)), keys_max_(keys_max) {}

  base::Digest digest_of(const ClaimedKey& claimed) const;
  bool knows(const base::Digest& key) const;
  // Requires: bcrypt has just said yes.
  void remember(const base::Digest& key);

 private:
  struct FirstBytes {  // of a keyed digest: as good as random
    std::size_t operator()(const base::Digest& digest) const {
      std::size_t hash = 0;
      std::memcpy(&hash, digest.data(), sizeof hash);
      return hash;
    }
  };

  const std::string process_key_;
  const std::size_t keys_max_;
  mutable std::mutex mutex_;
  std::unordered_set<base::Digest, FirstBytes> known_;
  std::deque<base::Digest> oldest_first_;
};

}  // namespace app
