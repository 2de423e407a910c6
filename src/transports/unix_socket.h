// UnixSocket: lines over a socket file, each within a limit and a deadline.
// Always: it closes itself; a socket file that is made has mode 0600 from its first moment; paths
// of any length work. A wait ends at its deadline, or when somebody cancels it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace transports {

struct Deadline {
  std::chrono::steady_clock::time_point until;
  int cancel = -1;  // a descriptor that becomes readable when waiting has no more use; -1: none
};

class UnixSocket {
 public:
  explicit UnixSocket(int number = -1) : number_(number) {}
  UnixSocket(UnixSocket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  UnixSocket& operator=(UnixSocket&&) = delete;
  ~UnixSocket();

  // Takes the place of a socket file that is there. Requires: its owner is gone.
  static base::Result<UnixSocket> listen(const std::string& file);
  // nullopt: nobody listens there.
  static base::Result<std::optional<UnixSocket>> connect(const std::string& file);
  // nullopt: cancelled. unavailable: no descriptors left, or the like; asking again later helps.
  base::Result<std::optional<UnixSocket>> accept(int cancel) const;

  int number() const { return number_; }
  // Whether the process at the other end runs for our own user, or for root.
  bool peer_is_ours() const;

  // Without its line end. limited: it is longer than bytes_max. unavailable: it did not come whole
  // in time.
  base::Result<std::string> read_line(std::size_t bytes_max, const Deadline& deadline) const;
  base::Result<void> write_line(std::string_view line, const Deadline& deadline) const;

 private:
  int number_;
};

}  // namespace transports
