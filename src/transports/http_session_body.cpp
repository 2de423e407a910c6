// The part of HttpSession between a head and its answer: bodies, whole and streamed, and what a
// worker does with them.
#include <algorithm>
#include <exception>
#include <utility>

#include "base/log.h"

#include "transports/http_session.h"

namespace transports {
namespace {

constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
// More is taken only as the bytes arrive: a length that is merely announced costs us nothing.
constexpr std::uint64_t body_reserve_max = std::uint64_t{64} * 1024;
// A large block is lent to a body that comes fast; one that has not filled it in this time hands on
// what there is, and gives the block back.
constexpr HttpLimits::Span large_block_span{500};

// So many blocks a worker takes in a row before others have their turn.
constexpr int blocks_in_a_row_max = 16;

constexpr Refusal too_many{503, "too many requests are waiting"};

}  // namespace

void HttpSession::begin_body(const HeadFacts& facts, const web::Admission& admission) {
  body_ = BodyReader(facts, admission.body_bytes_max);
  share_.belongs_to(admission.client);
  goes_on_ = facts.expects_continue && !body_.done();
  if (admission.body == web::Admission::Body::streamed) {
    if (!share_.take_stream()) return refuse(too_many);
    state_ = State::stream;
    pace_.begin(request_began_);
    pace_.received(Clock::now(), input_.bytes().size());
    return begin_work(Work::open);
  }
  if (body_.done()) return begin_work(Work::answer);
  state_ = State::body;
  request_.body.reserve(static_cast<std::size_t>(std::min(facts.body_bytes, body_reserve_max)));
  set_deadline(request_began_, context_.limits.request);
  say_go_on();
}

// Who has begun to send the body already did not wait for it.
void HttpSession::say_go_on() {
  if (!std::exchange(goes_on_, false) || !input_.empty()) return;
  output_ = go_on;
  start_write(state_);
}

HttpSession::Next HttpSession::next_body() {
  if (const auto refusal = read_body()) {
    refuse(*refusal);
  } else if (body_.done()) {
    begin_work(Work::answer);
  } else if (late_) {
    refuse({408, "the body took too long"});
  } else if (ended_) {
    refuse({400, "the body is not complete"});
  } else {
    return Next::read;
  }
  return next();
}

std::optional<Refusal> HttpSession::read_body() {
  for (;;) {
    const BodyReader::Piece piece = body_.next(input_.bytes());
    if (piece.refusal) return piece.refusal;
    if (piece.framing + piece.content == 0) return std::nullopt;
    input_.consume(piece.framing);
    if (!share_.take_bytes(piece.content)) return too_many;
    request_.body.append(input_.bytes().substr(0, piece.content));
    input_.consume(piece.content);
  }
}

HttpSession::Next HttpSession::next_stream() {
  const Clock::time_point now = Clock::now();
  if (const auto refusal = read_stream()) {
    refuse(*refusal);
  } else if (body_.done()) {
    begin_work(input_.kept().empty() ? Work::finish : Work::take);
  } else if (ended_) {
    refuse({400, "the body is not complete"});
  } else if (late_ && now >= pace_.deadline(context_.limits)) {
    refuse({408, "the body comes too slowly"});
  } else if (input_.full() && input_.widen()) {
    hand_on_by_ = now + large_block_span;
    set_stream_deadline(now);
    return Next::read;
  } else if (input_.full() || (now >= hand_on_by_ && !input_.kept().empty())) {
    begin_work(Work::take);
  } else {
    set_stream_deadline(now);
    return Next::read;
  }
  return next();
}

std::optional<Refusal> HttpSession::read_stream() {
  for (;;) {
    const BodyReader::Piece piece = body_.next(input_.bytes());
    if (piece.refusal) return piece.refusal;
    if (piece.framing + piece.content == 0) return std::nullopt;
    input_.consume(piece.framing);
    input_.keep(piece.content);
  }
}

void HttpSession::set_stream_deadline(Clock::time_point now) {
  if (now >= hand_on_by_) hand_on_by_ = now + large_block_span;
  late_ = false;
  deadline_ = std::min(pace_.deadline(context_.limits), hand_on_by_);
}

void HttpSession::begin_work(Work work) {
  work_ = work;
  late_ = false;
  deadline_ = Clock::time_point::max();
  if (state_ == State::stream) pace_.held_up(Clock::now());
}

void HttpSession::abandon_stream() {
  if (sink_) work_ = Work::discard;
}

// The sink's answer, or as much as has arrived by now.
void HttpSession::take_stream(const ReadNow& read_now) {
  for (int blocks = 0; blocks < blocks_in_a_row_max; ++blocks) {
    response_ = sink_->take(input_.kept());
    input_.drop_kept();
    if (response_ || body_.done() || !may_read_on()) break;
    while (!refusal_ && !body_.done() && !input_.full()) {
      const std::size_t count = read_now(space());
      if (count == 0) return;
      pace_.received(Clock::now(), count);
      input_.filled(count);
      refusal_ = read_stream();
    }
    if (refusal_) return;
  }
  if (!response_ && body_.done() && input_.kept().empty()) response_ = sink_->finish();
}

void HttpSession::work(const ReadNow& read_now) {
  try {
    if (work_ == Work::answer) {
      response_ = context_.application.answer(request_);
      request_.body = {};
    } else if (work_ == Work::open) {
      auto start = context_.application.open(request_.head);
      if (auto* response = std::get_if<base::Response>(&start)) response_ = std::move(*response);
      if (auto* sink = std::get_if<std::unique_ptr<web::BodySink>>(&start)) {
        sink_ = std::move(*sink);
      }
    } else if (work_ == Work::take) {
      take_stream(read_now);
    } else if (work_ == Work::finish) {
      response_ = sink_->finish();
    }
  } catch (const std::exception& error) {
    base::log::error("request failed", {{"what", error.what()}});
    response_ = problem(500, "the request could not be answered");
  }
  // A sink may have files to remove: here, not on the I/O thread.
  if (response_ || work_ == Work::discard) sink_.reset();
}

void HttpSession::worked() {
  const Work work = std::exchange(work_, Work::none);
  if (response_ || work == Work::discard) share_.give_back();
  if (work == Work::discard) return;
  if (response_) {
    const base::Response response = std::move(*response_);
    response_.reset();
    return respond(response, body_.done() ? Closing::as_asked : Closing::always);
  }
  if (const auto refusal = std::exchange(refusal_, {})) return refuse(*refusal);
  input_.narrow();
  hand_on_by_ = Clock::time_point::max();
  const Clock::time_point now = Clock::now();
  pace_.go_on(now);
  set_stream_deadline(now);
  say_go_on();
}

void HttpSession::turned_away() {
  context_.counters.shed.add();
  sink_.reset();
  if (work_ != Work::discard) response_ = problem(503, too_many.detail);
  worked();
}

}  // namespace transports
