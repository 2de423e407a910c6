#include "transports/control_socket.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"

namespace transports {

using base::Result;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds accept_pause{50};

}  // namespace

ControlSocket::ControlSocket(std::string file, Answer answer, ControlLimits limits)
    : file_(std::move(file)),
      answer_(std::move(answer)),
      limits_(limits),
      stopping_(::eventfd(0, EFD_CLOEXEC)),
      workers_({limits.at_once_max, limits.waiting_max, limits.waiting_max}) {}

ControlSocket::~ControlSocket() {
  stop();
  if (stopping_ >= 0) ::close(stopping_);
}

Result<void> ControlSocket::start() {
  if (stopping_ < 0) return base::unavailable("no descriptor is left for the control socket");
  socket_.emplace(TRY(UnixSocket::listen(file_)));
  thread_ = std::thread([this] { accept_forever(); });
  return {};
}

void ControlSocket::stop() {
  if (!socket_) return;
  // The name goes first: a command that comes now waits for the folder instead.
  ::unlink(file_.c_str());
  ::eventfd_write(stopping_, 1);
  thread_.join();
  workers_.stop();
  socket_.reset();
}

void ControlSocket::accept_forever() {
  for (;;) {
    auto accepted = socket_->accept(stopping_);
    if (!accepted) {
      base::log::warning("control socket", {{"reason", accepted.error().message}});
      std::this_thread::sleep_for(accept_pause);
      continue;
    }
    auto client = std::move(accepted).value();
    if (!client) return;
    if (!client->peer_is_ours()) {
      base::log::warning("control socket: another user was turned away");
      continue;
    }
    // A command that waited is still wanted: who sent it waits for the answer.
    Task task([this, taken = *std::move(client)](Turn) { serve(taken); });
    if (!workers_.offer(task)) base::log::warning("control socket: too many commands at once");
  }
}

void ControlSocket::serve(const UnixSocket& client) const {
  const auto request = client.read_line(limits_.request_bytes_max,
                                        {steady_clock::now() + limits_.request, stopping_});
  const std::string answer = answer_(request);
  // A command that ran while the server was told to stop is still answered.
  const auto told = client.write_line(answer, {steady_clock::now() + limits_.answer});
  if (!told)
    base::log::info("control socket: answer not taken", {{"reason", told.error().message}});
}

}  // namespace transports
