#include "transports/http_session.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include <boost/asio/buffer.hpp>

#include "base/log.h"
#include "base/text.h"

#include "transports/http_answer.h"

namespace transports {
namespace {

constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
// A stopping server waits less long for the client to take notice of the end.
constexpr HttpLimits::Span linger_when_draining{250};

// An application that throws must not take its connection's neighbours with it.
base::Response problem(web::Application& application, int status, std::string_view detail) {
  try {
    return application.problem(status, detail);
  } catch (const std::exception& error) {
    base::log::error("no problem document", {{"what", error.what()}});
    return {.status = status, .headers = {}, .body = {}};
  }
}

std::optional<std::string_view> find(const std::vector<FieldView>& fields, std::string_view name) {
  const auto at = std::find_if(fields.begin(), fields.end(), [&](const FieldView& field) {
    return base::equal_ignoring_case(field.name, name);
  });
  if (at == fields.end()) return std::nullopt;
  return at->value;
}

bool is_lower(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

HttpSession::HttpSession(HttpContext& context, std::string peer)
    : context_(context), peer_(std::move(peer)) {
  set_deadline(Clock::now(), context_.limits.head);
}

HttpSession::Next HttpSession::next() {
  switch (state_) {
    case State::head:
      return next_head();
    case State::body:
      return next_body();
    case State::working:
      return Next::work;
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
  if (state_ == State::lingering) begin_ = end_;
  if (begin_ == end_) {
    begin_ = end_ = 0;
  } else if (end_ == buffer_.size()) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  return std::span(buffer_).subspan(end_);
}

void HttpSession::received(std::size_t count) {
  if (idle()) {
    // A new connection's head is due from the moment it was accepted, not from its first byte.
    const Clock::time_point due = deadline_;
    begin_request();
    if (fresh_) deadline_ = due;
  }
  end_ += count;
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
  if (skipped_empty_line_ || !bytes().starts_with("\r\n")) return;
  skipped_empty_line_ = true;
  begin_ += 2;
  scanned_ = 0;
}

HttpSession::Next HttpSession::next_head() {
  skip_empty_line();
  if (idle() && (late_ || ended_ || draining_)) return Next::close;
  head_only_ = bytes().starts_with("HEAD ");
  const HeadEnd head = find_head_end(bytes(), scanned_);
  scanned_ = end_ - begin_;
  if (head.refusal) {
    refuse(*head.refusal);
  } else if (head.length > 0) {
    take_head(head.length);
  } else if (full()) {
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

HttpSession::Next HttpSession::next_body() {
  boost::beast::error_code code;
  while (!parser_->is_done() && begin_ != end_ && !code) {
    begin_ += parser_->put(boost::asio::buffer(bytes()), code);
  }
  if (code && code != boost::beast::http::error::need_more) {
    const bool too_long = code == boost::beast::http::error::body_limit;
    refuse(too_long ? Refusal{413, "the body is longer than this address takes"}
                    : Refusal{400, "the body is not framed as announced"});
  } else if (parser_->is_done()) {
    request_.body = std::move(parser_->body());
    state_ = State::working;
    deadline_ = Clock::time_point::max();
  } else if (late_) {
    refuse({408, "the body took too long"});
  } else if (ended_) {
    refuse({400, "the body is not complete"});
  } else if (full()) {
    refuse({400, "a chunk's head or the trailer is too long"});
  } else {
    return Next::read;
  }
  return next();
}

void HttpSession::take_head(std::size_t length) {
  const std::string_view head = bytes().substr(0, length);
  if (const auto refusal = check_head(head)) return refuse(*refusal);
  boost::beast::error_code code;
  parser_.emplace(context_.fields);
  parser_->put(boost::asio::buffer(head), code);
  if (code || !parser_->is_header_done()) return refuse({400, "the head cannot be read"});
  version_ = parser_->version();
  const auto facts = read_facts(version_, context_.fields);
  if (const Refusal* refusal = std::get_if<Refusal>(&facts)) return refuse(*refusal);
  begin_ += length;
  scanned_ = 0;
  keep_alive_ = std::get<HeadFacts>(facts).keep_alive;
  try {
    if (!answer_ready(std::get<HeadFacts>(facts))) admit(std::get<HeadFacts>(facts));
  } catch (const std::exception& error) {
    base::log::error("admission threw", {{"what", error.what()}});
    refuse({500, "the request could not be looked at"});
  }
}

bool HttpSession::answer_ready(const HeadFacts& facts) {
  if (facts.body != HeadFacts::Body::none) return false;
  if (!head_only_ && parser_->method() != "GET") return false;
  const std::string_view target = parser_->target();
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view accepted = find(context_.fields, "Accept-Encoding").value_or("");
  ready_ = is_lower(facts.host)
               ? context_.application.ready({facts.host, path, accepted})
               : context_.application.ready({base::lowered(facts.host), path, accepted});
  if (!ready_) return false;
  const auto known = find(context_.fields, "If-None-Match");
  if (known && names_etag(*known, ready_->etag)) {
    write_ready(ready_->not_modified);
  } else {
    write_ready(head_only_ ? ready_->head : ready_->full);
  }
  return true;
}

void HttpSession::admit(const HeadFacts& facts) {
  request_.head = owned_head(facts);
  const web::Admission admission = context_.application.admit(request_.head);
  const bool has_body = facts.body != HeadFacts::Body::none;
  if (admission.refusal) {
    return respond(*admission.refusal, has_body ? Closing::always : Closing::as_asked);
  }
  if (facts.body_bytes > admission.body_bytes_max) {
    return refuse({413, "the body is longer than this address takes"});
  }
  parser_->body_limit(admission.body_bytes_max);
  state_ = State::body;
  if (!has_body) return;
  set_deadline(request_began_, context_.limits.request);
  if (facts.expects_continue && begin_ == end_) {
    output_ = go_on;
    start_write(State::body);
  }
}

base::RequestHead HttpSession::owned_head(const HeadFacts& facts) const {
  const std::string_view target = parser_->target();
  const std::size_t mark = target.find('?');
  base::RequestHead head;
  head.method = base::method_from(parser_->method());
  head.host = base::lowered(facts.host);
  head.path = target.substr(0, mark);
  if (mark != std::string_view::npos) head.query = target.substr(mark + 1);
  head.headers.reserve(context_.fields.size());
  for (const FieldView& field : context_.fields) {
    head.headers.push_back({std::string(field.name), std::string(field.value)});
  }
  head.peer = peer_;
  return head;
}

void HttpSession::answered(std::optional<base::Response> response) {
  if (response) return respond(*response, Closing::as_asked);
  base::Response busy = problem(context_.application, 503, "too many requests are waiting");
  busy.set("Retry-After", "1");
  respond(busy, Closing::as_asked);
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
  respond(problem(context_.application, refusal.status, refusal.detail), Closing::always);
}

void HttpSession::start_write(State after) {
  const auto extra =
      std::chrono::seconds(output_.size() / context_.limits.write_bytes_per_second_min);
  state_ = State::writing;
  after_write_ = after;
  set_deadline(Clock::now(), context_.limits.write + extra);
}

void HttpSession::written() {
  state_ = after_write_;
  if (state_ == State::body) return set_deadline(request_began_, context_.limits.request);
  if (state_ != State::head) return;
  ready_.reset();
  owned_output_ = {};
  parser_.reset();
  request_ = {};
  fresh_ = false;
  skipped_empty_line_ = false;
  scanned_ = 0;
  if (begin_ != end_) return begin_request();
  set_deadline(Clock::now(), context_.limits.idle);
}

}  // namespace transports
