// HttpSession: everything one connection decides, without a socket. Bytes and deadlines go in; what
// to do next comes out. The connection's coroutine asks next(), does it, and reports. Always:
// requests are answered in the order they came, one at a time; after any doubt about where a
// request ends the connection is closed. A request that is in memory (Application::ready) costs no
// allocation; a connection at rest holds no buffer; a streamed body never more than one. Refuses:
// everything http_framing and http_body refuse, bodies over the route's limit, what misses its
// deadline (408), bodies beyond the budget of all (503).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"

#include "transports/http_body.h"
#include "transports/http_budget.h"
#include "transports/http_buffers.h"
#include "transports/http_counters.h"
#include "transports/http_framing.h"
#include "transports/http_options.h"
#include "transports/http_pace.h"
#include "web/application.h"

namespace transports {

class HeadParser;

// What the sessions of one I/O thread share.
struct HttpContext {
  web::Application& application;
  HttpBudget& budget;
  HttpLimits limits;
  std::string date;               // now, as http_date writes it
  std::vector<FieldView> fields;  // of the head being read; scratch
  Buffers buffers;
  HttpCounters counters = {};
};

class HttpSession {
 public:
  using Clock = std::chrono::steady_clock;
  // wait: until something can be read. half_close: end the sending side, so that the client sees
  // the end of the answer while we still read.
  enum class Next { wait, read, write, work, half_close, close };

  HttpSession(HttpContext& context, std::string peer);

  Next next();

  void stirred() { at_rest_ = false; }  // wait: something can be read

  // read: fill space(), then say how it ended. An interrupted read (expire, drain, rest) is
  // reported by nothing, and so is an interrupted wait.
  std::span<char> space();
  void received(std::size_t count);
  void ended();  // the client sends no more, but may still read

  // write: send output() whole, then written().
  std::string_view output() const { return output_; }
  void written();

  // Reads what has arrived already, into a span; how many bytes, 0 for none. For workers.
  using ReadNow = std::function<std::size_t(std::span<char>)>;

  // work: let a worker thread run work(), and touch nothing meanwhile but deadline(), idle(),
  // expire() and drain(). Then worked(); or turned_away(), when there was no room.
  void work(const ReadNow& read_now);
  // Whether that work may go on with what arrives meanwhile: a fast body costs fewer turns that
  // way.
  bool may_read_on() const { return work_ == Work::take && input_.is_large(); }
  void worked();
  void turned_away();
  // Whether that work belongs to a request that has begun already; else request_head() is new.
  bool is_under_way() const { return work_ != Work::answer && work_ != Work::open; }
  const base::RequestHead& request_head() const { return request_.head; }

  void broken();  // the socket failed

  // When the deadline has passed, expire() and interrupt the read or write under way.
  Clock::time_point deadline() const { return deadline_; }
  void expire() { late_ = true; }
  // The server stops: this request is the last. Interrupt the read under way when idle().
  void drain() { draining_ = true; }
  // Between two requests, with nothing of the next one seen.
  bool idle() const { return state_ == State::head && input_.empty(); }
  // Idle for a while, and still holding a buffer: rest() and interrupt the read under way.
  bool may_rest(Clock::time_point now) const;
  void rest() { at_rest_ = true; }

 private:
  enum class State { head, body, stream, writing, half_closing, lingering, closed };
  enum class Work { none, answer, open, take, finish, discard };
  enum class Closing { as_asked, always };

  void skip_empty_line();
  Next next_head();
  Next next_body();
  Next next_stream();
  std::optional<Refusal> read_body();
  std::optional<Refusal> read_stream();
  void take_stream(const ReadNow& read_now);
  void begin_body(const HeadFacts& facts, const web::Admission& admission);
  void say_go_on();
  void begin_work(Work work);
  void abandon_stream();
  void set_stream_deadline(Clock::time_point now);
  void begin_request();
  void take_head(std::size_t length);
  bool answer_ready(const HeadParser& parser, const HeadFacts& facts);
  void admit(const HeadFacts& facts);
  void write_ready(std::string_view answer);
  void respond(const base::Response& response, Closing closing);
  void refuse(const Refusal& refusal);
  base::Response problem(int status, std::string_view detail) const;
  void start_write(State after);
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
  bool at_rest_ = true;
  bool goes_on_ = false;     // the client waits for 100 Continue
  bool head_known_ = false;  // request_.head is that of the request at hand
  Version version_ = Version::http_1_1;
  Work work_ = Work::none;
  BodyReader body_;
  BodyShare share_;
  BodyPace pace_;
  Clock::time_point hand_on_by_ = Clock::time_point::max();
  std::unique_ptr<web::BodySink> sink_;
  base::Request request_;
  std::optional<base::Response> response_;         // what the worker left
  std::optional<Refusal> refusal_;                 // what the worker met in the stream's framing
  std::shared_ptr<const web::ReadyAnswer> ready_;  // keeps output_ alive
  std::string owned_output_;
  std::string_view output_;
  InputBuffer input_;
  std::size_t scanned_ = 0;
};

}  // namespace transports
