#include "app/proved_keys.h"

namespace app {

base::Digest ProvedKeys::digest_of(const ClaimedKey& claimed) const {
  // No part holds a NUL (handles, base32, bcrypt's alphabet; a secret with one is refused before),
  // so two different claims never read alike.
  std::string message;
  message.reserve(256);
  message.append(claimed.tenant.text()).push_back('\0');
  message.append(claimed.record.key_id).push_back('\0');
  message.append(claimed.record.secret_hash).push_back('\0');
  message.append(claimed.secret);
  return base::hmac_sha256(process_key_, message);
}

bool ProvedKeys::knows(const base::Digest& key) const {
  const std::lock_guard lock(mutex_);
  return known_.contains(key);
}

void ProvedKeys::remember(const base::Digest& key) {
  const std::lock_guard lock(mutex_);
  if (!known_.insert(key).second) return;
  oldest_first_.push_back(key);
  if (oldest_first_.size() <= keys_max_) return;
  known_.erase(oldest_first_.front());
  oldest_first_.pop_front();
}

}  // namespace app
