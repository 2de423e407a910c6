#include "transports/http_session.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <boost/asio/buffer.hpp>

#include "base/log.h"
#include "base/text.h"

#include "transports/http_answer.h"
#include "transports/http_head.h"

namespace transports {
namespace {

// A stopping server waits less long for the client to take notice of the end.
constexpr HttpLimits::Span linger_when_draining{250};
// An idle connection keeps its buffer for so long; most clients have come back by then.
constexpr HttpLimits::Span rest_after{1'000};

std::optional<std::string_view> find(const std::vector<FieldView>& fields, std::string_view name) {
  const auto at = std::find_if(fields.begin(), fields.end(), [&](const FieldView& field) {
    return base::equal_ignoring_case(field.name, name);
  });
  if (at == fields.end()) return std::nullopt;
  return at->value;
}

base::RequestHead owned_head(const HeadParser& parser, const HeadFacts& facts,
                             const std::vector<FieldView>& fields) {
  const std::string_view target = parser.target();
  const std::size_t mark = target.find('?');
  base::RequestHead head;
  head.method = base::method_from(parser.method());
  head.host = base::lowered(facts.host);
  head.path = target.substr(0, mark);
  if (mark != std::string_view::npos) head.query = target.substr(mark + 1);
  head.headers.reserve(fields.size());
  for (const FieldView& field : fields) {
    head.headers.push_back({std::string(field.name), std::string(field.value)});
  }
  return head;
}

bool is_lower(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

HttpSession::HttpSession(HttpContext& context, std::string peer)
    : context_(context), peer_(std::move(peer)), share_(context.budget), input_(context.buffers) {
  set_deadline(Clock::now(), context_.limits.head);
}

HttpSession::Next HttpSession::next() {
  if (work_ != Work::none) return Next::work;
  switch (state_) {
    case State::head:
      return next_head();
    case State::body:
      return next_body();
    case State::stream:
      return next_stream();
    case State::writing:
      return late_ ? Next::close : Next::write;
    case State::half_closing:
      state_ = State::lingering;
      set_deadline(Clock::now(), draining_ ? std::min(linger_when_draining, context_.limits.linger)
                                           : context_.limits.linger);
      return Next::half_close;
    case State::lingering:
      return late_ || ended_ ? Next::close : Next::read;
    case State::closed:
      break;
  }
  return Next::close;
}

std::span<char> HttpSession::space() {
  if (state_ == State::lingering) input_.clear();
  const std::span<char> space = input_.space();
  if (state_ != State::stream) return space;
  return space.first(std::min<std::uint64_t>(space.size(), body_.bytes_ahead()));
}

void HttpSession::received(std::size_t count) {
  if (idle()) {
    // A new connection's head is due from the moment it was accepted, not from its first byte.
    const Clock::time_point due = deadline_;
    begin_request();
    if (fresh_) deadline_ = due;
    at_rest_ = false;
  }
  if (state_ == State::stream) pace_.received(Clock::now(), count);
  input_.filled(count);
}

void HttpSession::ended() {
  ended_ = true;
}

void HttpSession::begin_request() {
  request_began_ = Clock::now();
  set_deadline(request_began_, context_.limits.head);
}

void HttpSession::set_deadline(Clock::time_point from, HttpLimits::Span span) {
  deadline_ = from + span;
  late_ = false;
}

void HttpSession::skip_empty_line() {
  // RFC 9112 §2.2: some clients send one line end too many after a body.
  if (skipped_empty_line_ || !input_.bytes().starts_with("\r\n")) return;
  skipped_empty_line_ = true;
  input_.consume(2);
  scanned_ = 0;
}

HttpSession::Next HttpSession::next_head() {
  skip_empty_line();
  if (idle()) {
    if (late_ || ended_ || draining_) return Next::close;
    if (!at_rest_) return Next::read;
    input_.narrow();
    return Next::wait;
  }
  const std::string_view bytes = input_.bytes().substr(0, head_bytes_max);
  head_only_ = bytes.starts_with("HEAD ");
  const HeadEnd head = find_head_end(bytes, scanned_);
  scanned_ = bytes.size();
  if (head.refusal) {
    refuse(*head.refusal);
  } else if (head.length > 0) {
    take_head(head.length);
  } else if (bytes.size() == head_bytes_max) {
    refuse({431, "the head is too long"});
  } else if (late_) {
    refuse({408, "the head took too long"});
  } else if (ended_) {
    refuse({400, "the head is not complete"});
  } else {
    return Next::read;
  }
  return next();
}

void HttpSession::take_head(std::size_t length) {
  const std::string_view head = input_.bytes().substr(0, length);
  if (const auto refusal = check_head(head)) return refuse(*refusal);
  boost::beast::error_code code;
  HeadParser parser(context_.fields);
  parser.put(boost::asio::buffer(head), code);
  if (code || !parser.is_header_done()) return refuse({400, "the head cannot be read"});
  version_ = parser.version();
  const auto read = read_facts(version_, context_.fields);
  if (const Refusal* refusal = std::get_if<Refusal>(&read)) return refuse(*refusal);
  const HeadFacts& facts = std::get<HeadFacts>(read);
  input_.consume(length);
  scanned_ = 0;
  keep_alive_ = facts.keep_alive;
  try {
    if (answer_ready(parser, facts)) return;
    request_.head = owned_head(parser, facts, context_.fields);
    request_.head.peer = peer_;
    head_known_ = true;
    admit(facts);
  } catch (const std::exception& error) {
    base::log::error("admission threw", {{"what", error.what()}});
    refuse({500, "the request could not be looked at"});
  }
}

bool HttpSession::answer_ready(const HeadParser& parser, const HeadFacts& facts) {
  if (facts.body != HeadFacts::Body::none) return false;
  if (!head_only_ && parser.method() != "GET") return false;
  const std::string_view target = parser.target();
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view accepted = find(context_.fields, "Accept-Encoding").value_or("");
  ready_ = is_lower(facts.host)
               ? context_.application.ready({facts.host, path, accepted})
               : context_.application.ready({base::lowered(facts.host), path, accepted});
  if (!ready_) return false;
  auto& counted = ready_->kind == web::ReadyAnswer::Kind::page ? context_.counters.pages
                                                               : context_.counters.assets;
  const auto known = find(context_.fields, "If-None-Match");
  if (known && names_etag(*known, ready_->etag)) {
    counted.unchanged.add();
    write_ready(ready_->not_modified);
  } else {
    counted.full.add();
    write_ready(head_only_ ? ready_->head : ready_->full);
  }
  return true;
}

void HttpSession::admit(const HeadFacts& facts) {
  const web::Admission admission = context_.application.admit(request_.head);
  if (admission.refusal) {
    const bool has_body = facts.body != HeadFacts::Body::none;
    return respond(*admission.refusal, has_body ? Closing::always : Closing::as_asked);
  }
  if (facts.body_bytes > admission.body_bytes_max) {
    return refuse({413, "the body is longer than this address takes"});
  }
  begin_body(facts, admission);
}

void HttpSession::write_ready(std::string_view answer) {
  const bool stays = keep_alive_ && !draining_;
  output_ = answer;
  if (!stays || version_ == Version::http_1_0) {
    owned_output_ = with_connection(answer, stays ? "keep-alive" : "close");
    output_ = owned_output_;
  }
  start_write(stays ? State::head : State::half_closing);
}

void HttpSession::respond(const base::Response& response, Closing closing) {
  const bool stays = keep_alive_ && !draining_ && closing == Closing::as_asked;
  head_known_ = false;
  context_.counters.answered(response.status);
  owned_output_ = base::serialised(response, context_.date,
                                   head_only_ ? base::AnswerTo::head : base::AnswerTo::get,
                                   stays ? base::Afterwards::keep_alive : base::Afterwards::close);
  if (stays && version_ == Version::http_1_0) {
    owned_output_ = with_connection(owned_output_, "keep-alive");
  }
  output_ = owned_output_;
  start_write(stays ? State::head : State::half_closing);
}

void HttpSession::refuse(const Refusal& refusal) {
  if (refusal.status == 503) context_.counters.shed.add();
  abandon_stream();
  respond(problem(refusal.status, refusal.detail), Closing::always);
}

// An application that throws must not take its connection's neighbours with it.
base::Response HttpSession::problem(int status, std::string_view detail) const {
  base::Response response{.status = status, .headers = {}, .body = {}};
  try {
    response = context_.application.problem(status, detail, head_known_ ? &request_.head : nullptr);
  } catch (const std::exception& error) {
    base::log::error("no problem document", {{"what", error.what()}});
  }
  if (status == 503) response.set("Retry-After", "1");
  return response;
}

void HttpSession::broken() {
  abandon_stream();
  state_ = State::closed;
}

bool HttpSession::may_rest(Clock::time_point now) const {
  // Subtracted in this order nothing overflows, even without a deadline.
  return idle() && !at_rest_ && deadline_ - now <= context_.limits.idle - rest_after;
}

void HttpSession::start_write(State after) {
  const auto extra =
      std::chrono::seconds(output_.size() / context_.limits.write_bytes_per_second_min);
  const Clock::time_point now = Clock::now();
  // What invites the body is no answer yet.
  if (after != State::body) context_.counters.took(now - request_began_);
  state_ = State::writing;
  after_write_ = after;
  set_deadline(now, context_.limits.write + extra);
}

void HttpSession::written() {
  state_ = after_write_;
  if (state_ == State::body) return set_deadline(request_began_, context_.limits.request);
  if (state_ == State::stream) return set_stream_deadline(Clock::now());
  if (state_ != State::head) return;
  ready_.reset();
  owned_output_ = {};
  request_ = {};
  input_.narrow();
  fresh_ = false;
  skipped_empty_line_ = false;
  scanned_ = 0;
  if (!input_.empty()) return begin_request();
  set_deadline(Clock::now(), context_.limits.idle);
}

}  // namespace transports
