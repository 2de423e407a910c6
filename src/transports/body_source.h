// BodySource: a connection as a worker reads from it: what has arrived already, without waiting.
// Always: it holds a descriptor of its own, because the loop may close the connection's meanwhile,
// and its number may then be another's.
#pragma once

#include <cstddef>
#include <span>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace transports {

class BodySource {
 public:
  // connection: a descriptor, or -1: there is nothing to read.
  explicit BodySource(int connection)
      : descriptor_(connection < 0 ? -1 : ::fcntl(connection, F_DUPFD_CLOEXEC, 0)) {}
  BodySource(const BodySource&) = delete;
  BodySource& operator=(const BodySource&) = delete;
  ~BodySource() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  // What has arrived; 0: nothing, or nothing more.
  std::size_t read(std::span<char> space) {
    if (descriptor_ < 0 || space.empty()) return 0;
    const ssize_t count = ::recv(descriptor_, space.data(), space.size(), MSG_DONTWAIT);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  }

 private:
  int descriptor_;
};

}  // namespace transports
