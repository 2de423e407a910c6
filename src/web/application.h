// What a transport asks of the web layer: a few questions about a request, in this order.
// A transport knows bytes, limits and deadlines; it knows no address, no tenant and no verb.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/http.h"

namespace web {

// An answer that is kept ready to send, in one encoding. Bytes are the whole HTTP/1.1 response with
// keep-alive.
struct ReadyAnswer {
  enum class Kind { page, asset };  // for counting
  Kind kind = Kind::page;
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
  enum class Body { whole, streamed };  // answer() gets it in memory; open() gets a sink for it
  std::size_t body_bytes_max = 0;       // 0: the route takes no body
  // Set when the request is answered without reading its body: unknown host, no such address, body
  // too large …
  std::shared_ptr<const base::Response> refusal;
  Body body = Body::whole;
  std::string client = {};  // whose body it is: what stands for one sender
};

// What takes a streamed body. Always: used on worker threads, by one call at a time, in order; the
// next piece is read only when take() has returned. Destroyed without finish(): the request broke
// off, or take() has answered it, and nothing of it may stay.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // An answer ends the request early: what is left of its body is thrown away.
  virtual std::optional<base::Response> take(std::string_view bytes) = 0;
  // The body was whole. Nothing is called afterwards.
  virtual base::Response finish() = 0;
};

// A sink, or the answer at once when the body is not wanted.
using StreamStart = std::variant<std::unique_ptr<BodySink>, base::Response>;

// When too many requests wait, those of programs are turned away before those of people.
enum class Shedding { first, last };

class Application {
 public:
  virtual ~Application() = default;
  // Called on an I/O thread for GET and HEAD with no body; must not block, and nullptr is no shame.
  virtual std::shared_ptr<const ReadyAnswer> ready(const ReadyQuestion& question) = 0;
  // Called on an I/O thread; must not block.
  virtual Admission admit(const base::RequestHead& head) = 0;
  // Called on a worker thread; may block on the store.
  virtual base::Response answer(const base::Request& request) = 0;
  // Instead of answer(), where admit() said streamed; on a worker thread, before any of the body is
  // read. head lives during the call only.
  virtual StreamStart open(const base::RequestHead& head) = 0;
  // Called on an I/O thread, and only when many requests wait; must not block.
  virtual Shedding shedding(const base::RequestHead& head) = 0;
  // An answer the transport must give by itself: 400, 408, 413, 431, 503 … as problem+json, or in
  // the words of the address. head: of the request, where it could be read; nullptr: it could not.
  virtual base::Response problem(int status, std::string_view detail,
                                 const base::RequestHead* head) = 0;
};

}  // namespace web
