// What a transport asks of the web layer: three questions about a request, in this order.
// A transport knows bytes, limits and deadlines; it knows no address, no tenant and no verb.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/http.h"

namespace web {

// An answer that is kept ready to send, in one encoding. Bytes are the whole HTTP/1.1 response with
// keep-alive.
struct ReadyAnswer {
  std::string full;
  std::string head;          // the answer to HEAD
  std::string not_modified;  // 304, when If-None-Match names etag
  std::string etag;          // with its quotes
};

struct ReadyQuestion {
  std::string_view host;
  std::string_view path;
  std::string_view accept_encoding;
};

// What a route says of its body before any of it is read.
struct Admission {
  std::size_t body_bytes_max = 0;  // 0: the route takes no body
  // Set when the request is answered without reading its body: unknown host, no such address, body
  // too large …
  std::shared_ptr<const base::Response> refusal;
};

class Application {
 public:
  virtual ~Application() = default;
  // Called on an I/O thread for GET and HEAD with no body; must not block, and nullptr is no shame.
  virtual std::shared_ptr<const ReadyAnswer> ready(const ReadyQuestion& question) = 0;
  // Called on an I/O thread; must not block.
  virtual Admission admit(const base::RequestHead& head) = 0;
  // Called on a worker thread; may block on the store.
  virtual base::Response answer(const base::Request& request) = 0;
  // An answer the transport must give by itself: 400, 408, 413, 431, 503 … as problem+json.
  virtual base::Response problem(int status, std::string_view detail) = 0;
};

}  // namespace web
