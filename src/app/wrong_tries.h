// WrongTries: how often each client has shown a wrong token, key or link lately: ten in a minute,
// then it is told to wait. Always: only wrong credentials count, and a credential that is known to
// be good passes whatever its address has done: behind one address there may be an office, with one
// forgotten script and the owner. What is cheap to prove (dashboard tokens, links, feed keys: one
// HMAC) is therefore proved first, and only the wrong answer changes from 401 to 429. What is dear
// to prove (a service key that bcrypt has not seen) is refused unproved while its address has to
// wait. Memory is bounded: when every place is taken, the client whose minute began first is
// forgotten. A client is an IPv4 address, or the /64 of an IPv6 address (base/address.h): that much
// is one household's to choose from.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "base/time.h"

namespace app {

inline constexpr int wrong_tries_max = 10;
inline constexpr std::chrono::seconds wrong_tries_span{60};
// The code of the errors below.
inline constexpr const char* too_many_tries = "too-many-tries";

class WrongTries {
 public:
  // Also counts other things that a client may do so often in a span.
  explicit WrongTries(std::size_t clients_max, int tries_max = wrong_tries_max,
                      std::chrono::seconds span = wrong_tries_span)
      : clients_max_(clients_max), tries_max_(tries_max), span_(span) {}

  // limited: the client has to wait.
  base::Result<void> may_try(const std::string& client, base::Instant now);
  // Counts one more. limited instead of the error given: the client had to wait already.
  base::Error counted(const std::string& client, base::Error wrong, base::Instant now);
  // How long the client has to wait; zero: not at all.
  std::chrono::seconds wait(const std::string& client, base::Instant now);

 private:
  struct Tries {
    int count = 0;
    base::Instant began;
  };
  Tries* current(const std::string& client, base::Instant now);
  void forget_old(base::Instant now);

  bool is_over(base::Instant began, base::Instant now) const;

  const std::size_t clients_max_;
  const int tries_max_;
  const std::chrono::seconds span_;
  std::mutex mutex_;
  std::unordered_map<std::string, Tries> clients_;
  std::deque<std::string> oldest_first_;  // each client of the map, once
};

}  // namespace app
