#include "app/wrong_tries.h"

namespace app {

using base::Error;
using base::Instant;

namespace {

Error wait_first() {
  return {base::Kind::limited, "Too many wrong credentials from this address; wait a minute",
          too_many_tries};
}

}  // namespace

// A clock that was set back must not lock anybody out for longer.
bool WrongTries::is_over(Instant began, Instant now) const {
  return now < began || now - began >= span_;
}

WrongTries::Tries* WrongTries::current(const std::string& client, Instant now) {
  const auto found = clients_.find(client);
  if (found == clients_.end() || is_over(found->second.began, now)) return nullptr;
  return &found->second;
}

// Requires: the caller adds one afterwards.
void WrongTries::forget_old(Instant now) {
  while (!oldest_first_.empty()) {
    const bool full = oldest_first_.size() >= clients_max_;
    const auto oldest = clients_.find(oldest_first_.front());
    if (!full && !is_over(oldest->second.began, now)) return;
    clients_.erase(oldest);
    oldest_first_.pop_front();
  }
}

base::Result<void> WrongTries::may_try(const std::string& client, Instant now) {
  const std::lock_guard lock(mutex_);
  const Tries* tries = current(client, now);
  if (tries && tries->count >= tries_max_) return wait_first();
  return {};
}

Error WrongTries::counted(const std::string& client, Error wrong, Instant now) {
  const std::lock_guard lock(mutex_);
  Tries* tries = current(client, now);
  if (tries && tries->count >= tries_max_) return wait_first();
  if (tries) {
    ++tries->count;
    return wrong;
  }
  // Minutes that are over go first, this client's own among them: the map and the list agree.
  forget_old(now);
  if (clients_.insert_or_assign(client, Tries{1, now}).second) oldest_first_.push_back(client);
  return wrong;
}

std::chrono::seconds WrongTries::wait(const std::string& client, Instant now) {
  const std::lock_guard lock(mutex_);
  const Tries* tries = current(client, now);
  if (!tries || tries->count < tries_max_) return std::chrono::seconds(0);
  return std::chrono::ceil<std::chrono::seconds>(tries->began + span_ - now);
}

}  // namespace app
