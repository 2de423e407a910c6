#include "transports/unix_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace transports {

using base::Result;
using std::chrono::steady_clock;

namespace {

constexpr int waiting_connections_max = 16;

base::Error socket_error(const std::string& what) {
  return base::unavailable("cannot " + what + ": " + std::generic_category().message(errno));
}

// An address has room for 107 bytes. A longer path is reached through its opened folder.
class SocketAddress {
 public:
  explicit SocketAddress(const std::string& file) {
    address_.sun_family = AF_UNIX;
    std::string path = file;
    if (path.size() >= sizeof address_.sun_path) {
      const std::size_t slash = path.rfind('/');
      const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash);
      folder_ = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
      path = "/proc/self/fd/" + std::to_string(folder_) + "/" + path.substr(slash + 1);
    }
    path.copy(address_.sun_path, sizeof address_.sun_path - 1);
  }
  SocketAddress(const SocketAddress&) = delete;
  SocketAddress& operator=(const SocketAddress&) = delete;
  ~SocketAddress() {
    if (folder_ >= 0) ::close(folder_);
  }

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
  static constexpr socklen_t size = sizeof(sockaddr_un);

 private:
  sockaddr_un address_{};
  int folder_ = -1;
};

// Until the socket is ready for the events. unavailable: too late, or cancelled.
Result<void> wait_for(int number, short events, const Deadline& deadline) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline.until - steady_clock::now());
    if (left.count() <= 0) return base::unavailable("the other side took too long");
    std::array<pollfd, 2> asked{{{number, events, 0}, {deadline.cancel, POLLIN, 0}}};
    const int ready = ::poll(asked.data(), asked.size(),
                             static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
    if (ready < 0 && errno != EINTR) return socket_error("wait");
    if (ready <= 0) continue;
    if (asked[1].revents != 0) return base::unavailable("the server is stopping");
    return {};
  }
}

bool would_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

void remove_socket_file(const std::string& file) {
  struct stat found{};
  if (::lstat(file.c_str(), &found) == 0 && S_ISSOCK(found.st_mode)) ::unlink(file.c_str());
}

}  // namespace

UnixSocket::~UnixSocket() {
  if (number_ >= 0) ::close(number_);
}

Result<UnixSocket> UnixSocket::listen(const std::string& file) {
  UnixSocket made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // Linux gives the file the mode that the socket has when it is bound.
  if (made.number_ < 0 || ::fchmod(made.number_, 0600) != 0) return socket_error("make a socket");
  remove_socket_file(file);
  const SocketAddress address(file);
  if (::bind(made.number_, address.get(), SocketAddress::size) != 0 ||
      ::listen(made.number_, waiting_connections_max) != 0)
    return socket_error("listen on " + file);
  return made;
}

Result<std::optional<UnixSocket>> UnixSocket::connect(const std::string& file) {
  UnixSocket made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (made.number_ < 0) return socket_error("make a socket");
  const SocketAddress address(file);
  if (::connect(made.number_, address.get(), SocketAddress::size) == 0)
    return std::optional(std::move(made));
  // EAGAIN: as many wait as may; they are many commands, and soon fewer.
  if (errno == ENOENT || errno == ECONNREFUSED || errno == EAGAIN)
    return std::optional<UnixSocket>();
  return socket_error("reach " + file);
}

Result<std::optional<UnixSocket>> UnixSocket::accept(int cancel) const {
  std::array<pollfd, 2> asked{{{number_, POLLIN, 0}, {cancel, POLLIN, 0}}};
  for (;;) {
    if (::poll(asked.data(), asked.size(), -1) < 0 && errno != EINTR) return socket_error("wait");
    if (asked[1].revents != 0) return std::optional<UnixSocket>();
    UnixSocket taken(::accept4(number_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (taken.number_ >= 0) return std::optional(std::move(taken));
    if (!would_wait() && errno != ECONNABORTED) return socket_error("accept");
  }
}

bool UnixSocket::peer_is_ours() const {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(number_, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == ::geteuid() || peer.uid == 0;
}

Result<std::string> UnixSocket::read_line(std::size_t bytes_max, const Deadline& deadline) const {
  std::string line;
  std::array<char, 16 * 1024> bytes{};
  for (;;) {
    TRY(wait_for(number_, POLLIN, deadline));
    const ssize_t count = ::recv(number_, bytes.data(), bytes.size(), 0);
    if (count < 0 && would_wait()) continue;
    if (count <= 0) return base::unavailable("the other side ended before its line did");
    const std::string_view part(bytes.data(), static_cast<std::size_t>(count));
    const std::size_t end = part.find('\n');
    line.append(part.substr(0, end));
    if (line.size() > bytes_max)
      return base::Error{base::Kind::limited,
                         "the line is longer than " + std::to_string(bytes_max) + " bytes"};
    if (end != std::string_view::npos) return line;
  }
}

Result<void> UnixSocket::write_line(std::string_view line, const Deadline& deadline) const {
  const std::string bytes = std::string(line) + "\n";
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    TRY(wait_for(number_, POLLOUT, deadline));
    const ssize_t count = ::send(number_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && !would_wait()) return socket_error("send");
    if (count > 0) sent += static_cast<std::size_t>(count);
  }
  return {};
}

}  // namespace transports
