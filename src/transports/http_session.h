// HttpSession: everything one connection decides, without a socket. Bytes and deadlines go in; what
// to do next comes out. The connection's coroutine asks next(), does it, and reports. Always:
// requests are answered in the order they came, one at a time; after any doubt about where a
// request ends the connection is closed. A request that is in memory (Application::ready) costs no
// allocation. Refuses: everything http_framing refuses, bodies over the route's limit, what misses
// its deadline (408).
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"

#include "transports/http_framing.h"
#include "transports/http_head.h"
#include "transports/http_options.h"
#include "web/application.h"

namespace transports {

// What the sessions of one I/O thread share.
struct HttpContext {
  web::Application& application;
  HttpLimits limits;
  std::string date;               // now, as http_date writes it
  std::vector<FieldView> fields;  // of the head being read; scratch
};

class HttpSession {
 public:
  using Clock = std::chrono::steady_clock;
  // half_close: end the sending side, so that the client sees the end of the answer while we still
  // read.
  enum class Next { read, write, work, half_close, close };

  HttpSession(HttpContext& context, std::string peer);

  Next next();

  // read: fill space(), then say how it ended. An interrupted read (expire, drain) is reported by
  // nothing.
  std::span<char> space();
  void received(std::size_t count);
  void ended();  // the client sends no more, but may still read

  // write: send output() whole, then written().
  std::string_view output() const { return output_; }
  void written();

  // work: answer this request, elsewhere; nullopt: there was no room for it.
  base::Request take_request() { return std::move(request_); }
  void answered(std::optional<base::Response> response);

  void broken() { state_ = State::closed; }  // the socket failed

  // When the deadline has passed, expire() and interrupt the read or write under way.
  Clock::time_point deadline() const { return deadline_; }
  void expire() { late_ = true; }
  // The server stops: this request is the last. Interrupt the read under way when idle().
  void drain() { draining_ = true; }
  // Between two requests, with nothing of the next one seen.
  bool idle() const { return state_ == State::head && begin_ == end_; }

 private:
  enum class State { head, body, working, writing, half_closing, lingering, closed };
  enum class Closing { as_asked, always };

  std::string_view bytes() const { return {buffer_.data() + begin_, end_ - begin_}; }
  bool full() const { return end_ - begin_ == buffer_.size(); }
  void skip_empty_line();
  Next next_head();
  Next next_body();
  void begin_request();
  void take_head(std::size_t length);
  bool answer_ready(const HeadFacts& facts);
  void admit(const HeadFacts& facts);
  void write_ready(std::string_view answer);
  void respond(const base::Response& response, Closing closing);
  void refuse(const Refusal& refusal);
  void start_write(State after);
  base::RequestHead owned_head(const HeadFacts& facts) const;
  void set_deadline(Clock::time_point from, HttpLimits::Span span);

  HttpContext& context_;
  const std::string peer_;
  State state_ = State::head;
  State after_write_ = State::closed;
  Clock::time_point deadline_;
  Clock::time_point request_began_;
  bool fresh_ = true;  // no request answered yet
  bool late_ = false;
  bool draining_ = false;
  bool ended_ = false;
  bool skipped_empty_line_ = false;
  bool keep_alive_ = false;
  bool head_only_ = false;
  Version version_ = Version::http_1_1;
  std::optional<HeadParser> parser_;
  base::Request request_;
  std::shared_ptr<const web::ReadyAnswer> ready_;  // keeps output_ alive
  std::string owned_output_;
  std::string_view output_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t scanned_ = 0;
  std::array<char, head_bytes_max> buffer_;
};

}  // namespace transports
