// ControlSocket: the door for commands on the same machine: a socket file in the data folder, one
// line in and one line out a connection. Always: only our own user and root come in (file mode
// 0600, and the kernel's word on the peer); each wait has a deadline, so a slow client holds one of
// a few places for a while and nobody else up; the file is gone after stop(). Refuses: lines longer
// than request_bytes_max, and connections beyond those that may wait, which are closed unanswered.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"

#include "transports/unix_socket.h"
#include "transports/worker_pool.h"

namespace transports {

struct ControlLimits {
  std::size_t request_bytes_max = 2 * 1024 * 1024;
  std::chrono::milliseconds request{10'000};  // from accepting to the end of the line
  std::chrono::milliseconds answer{10'000};   // for the client to take the answer
  unsigned at_once_max = 4;
  std::size_t waiting_max = 16;
};

class ControlSocket {
 public:
  // Answers one line with one line; called on a worker thread. What could not be read arrives as
  // the error.
  using Answer = std::function<std::string(const base::Result<std::string>& request)>;

  // Requires: whoever has the data folder's lock.
  ControlSocket(std::string file, Answer answer, ControlLimits limits = {});
  ~ControlSocket();  // stop()
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

  base::Result<void> start();
  // Lets nobody in any more; commands that run are finished and answered.
  void stop();

 private:
  void accept_forever();
  void serve(const UnixSocket& client) const;

  const std::string file_;
  const Answer answer_;
  const ControlLimits limits_;
  int stopping_ = -1;  // an eventfd: readable from stop() on
  std::optional<UnixSocket> socket_;
  WorkerPool workers_;
  std::thread thread_;
};

}  // namespace transports
