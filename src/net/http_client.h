// HttpClient: the one way out over HTTP, for adapters. Blocking, for worker threads; may be used by
// many at once, each with a connection of its own. Always: every call ends by its deadline, and an
// answer is bounded before it is kept; certificates are checked against the system's authorities
// and the host's name; connections are kept and used again, a few of them. Refuses: redirects,
// proxies and cookies, which it does not know; header values with CR, LF or NUL. Source: RFC 9110,
// RFC 9112.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"

#include "net/endpoint.h"

namespace net {

struct ClientRequest {
  std::string method = "GET";
  std::string target = "/";           // path and query, encoded
  std::vector<base::Header> headers;  // without Host and Content-Length
  std::string_view body;
  // May the other end get it twice? A kept connection can turn out dead only after the request was
  // written: once sends such a request over a new connection alone.
  enum class Repeat { harmless, once };
  Repeat repeat = Repeat::harmless;
};

struct ClientResponse {
  int status = 0;
  std::vector<base::Header> headers;
  std::string body;
  // First value, by name in any case; nullopt when absent.
  std::optional<std::string_view> header(std::string_view name) const;
};

struct ClientLimits {
  std::chrono::milliseconds total{10'000};  // of a call, from its start to the end of the answer
  std::chrono::milliseconds connect{3'000};
  std::size_t answer_bytes_max = 16 * 1024 * 1024;
  std::size_t kept_connections_max = 16;
  std::chrono::seconds kept{20};  // unused so long, a connection is closed
};

class HttpClient {
 public:
  explicit HttpClient(Endpoint endpoint, const ClientLimits& limits = {});
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;
  ~HttpClient();

  const Endpoint& endpoint() const { return endpoint_; }
  // Any status is an answer. unavailable: no connection, a broken answer, too late (code "too-late"
  // or, where nothing was written yet, "not-sent"). limited: an answer over the limit. invalid: a
  // request that cannot be written.
  base::Result<ClientResponse> send(const ClientRequest& request);
  base::Result<ClientResponse> send(const ClientRequest& request, std::chrono::milliseconds total);

 private:
  class Connection;
  struct Pool;

  base::Result<std::unique_ptr<Connection>> connect(std::chrono::steady_clock::time_point until);
  std::unique_ptr<Connection> take_kept();
  void keep(std::unique_ptr<Connection> connection);

  Endpoint endpoint_;
  ClientLimits limits_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace net
