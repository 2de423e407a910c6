#include "transports/http_loop.h"

#include <algorithm>
#include <exception>
#include <new>
#include <optional>
#include <tuple>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "base/crash_point.h"
#include "base/log.h"

#include "transports/body_source.h"
#include "transports/http_answer.h"

namespace transports {
namespace net = boost::asio;

namespace {

using namespace std::chrono_literals;
using Code = boost::system::error_code;
using Clock = HttpSession::Clock;

constexpr auto token = net::as_tuple(net::deferred);
constexpr HttpLimits::Span sweep_span_max = 250ms;
constexpr HttpLimits::Span accept_pause = 50ms;
constexpr auto warning_span = 10s;
// When nearly all places are taken, a connection may hold one for this long without a request.
constexpr HttpLimits::Span idle_when_crowded = 2s;

// One timer serves all deadlines, so an interval is also how late a deadline may be noticed.
HttpLimits::Span sweep_span(const HttpLimits& limits) {
  const auto shortest =
      std::min({limits.head, limits.request, limits.idle, limits.linger, limits.write});
  return std::clamp(shortest / 4, HttpLimits::Span{1}, sweep_span_max);
}

std::string date_now() {
  return http_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

std::string text_of(const net::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

using ReusePort = net::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

// At most one line in ten seconds: whoever floods us must not fill the disk as well.
bool may_warn(Clock::time_point& warned_at) {
  const Clock::time_point now = Clock::now();
  if (warned_at != Clock::time_point{} && now - warned_at < warning_span) return false;
  warned_at = now;
  return true;
}

}  // namespace

void HttpCensus::leave() {
  if (count_.fetch_sub(1) != 1) return;
  const std::scoped_lock lock(mutex_);
  empty_.notify_all();
}

bool HttpCensus::wait_until_empty(HttpLimits::Span span) {
  std::unique_lock lock(mutex_);
  return empty_.wait_for(lock, span, [this] { return count_ == 0; });
}

HttpLoop::HttpLoop(web::Application& application, WorkerPool& workers, HttpCensus& census,
                   HttpBudget& budget, const HttpLimits& limits)
    : application_(application),
      workers_(workers),
      census_(census),
      context_{application, budget, limits, date_now(), {}, {}},
      io_(1),
      guard_(io_.get_executor()),
      acceptor_(io_.get_executor()),
      accept_timer_(io_.get_executor()),
      sweep_timer_(io_.get_executor()) {
  context_.fields.reserve(headers_max);
}

base::Result<unsigned short> HttpLoop::listen(const Tcp::endpoint& endpoint) {
  Code code;
  acceptor_.open(endpoint.protocol(), code);
  if (!code) acceptor_.set_option(net::socket_base::reuse_address(true), code);
  if (!code) acceptor_.set_option(ReusePort(true), code);
  // Linux hands this on to every connection that is accepted.
  if (!code) acceptor_.set_option(Tcp::no_delay(true), code);
  if (!code) acceptor_.bind(endpoint, code);
  if (!code) acceptor_.listen(net::socket_base::max_listen_connections, code);
  if (code) return base::unavailable(code.message());
  return acceptor_.local_endpoint().port();
}

void HttpLoop::run() {
  net::co_spawn(io_.get_executor(), accept(), net::detached);
  net::co_spawn(io_.get_executor(), sweep(), net::detached);
  for (;;) {
    try {
      io_.run();
      return;
    } catch (const std::exception& error) {
      base::log::error("I/O thread goes on after an exception", {{"what", error.what()}});
    }
  }
}

void HttpLoop::drain(std::function<void()> drained) {
  net::post(io_, [this, drained = std::move(drained)] {
    Code ignored;
    draining_ = true;
    acceptor_.close(ignored);
    accept_timer_.cancel();
    for (Connection& connection : connections_) {
      connection.session.drain();
      if (connection.session.idle()) connection.socket.cancel(ignored);
    }
    drained();
  });
}

void HttpLoop::cut() {
  net::post(io_, [this] {
    Code ignored;
    for (Connection& connection : connections_) connection.socket.close(ignored);
  });
}

void HttpLoop::release() {
  net::post(io_, [this] {
    released_ = true;
    sweep_timer_.cancel();
    guard_.reset();
  });
}

HttpLoop::Awaitable HttpLoop::accept() {
  Clock::time_point warned_at{};
  while (!draining_) {
    if (census_.full()) {
      accept_timer_.expires_after(accept_pause);
      co_await accept_timer_.async_wait(token);
      continue;
    }
    auto [code, socket] = co_await acceptor_.async_accept(token);
    if (!code) {
      welcome(std::move(socket));
      continue;
    }
    if (draining_ || code == net::error::connection_aborted) continue;
    // Most likely no file descriptors are left (EMFILE): listening goes on, and some will be free
    // soon.
    if (may_warn(warned_at)) {
      base::log::warning("cannot accept a connection", {{"reason", code.message()}});
    }
    accept_timer_.expires_after(accept_pause);
    co_await accept_timer_.async_wait(token);
  }
}

void HttpLoop::welcome(Socket socket) {
  Code code;
  const Tcp::endpoint peer = socket.remote_endpoint(code);
  if (!code) socket.non_blocking(true, code);
  if (code || draining_) return;
  try {
    connections_.emplace_back(std::move(socket), context_, text_of(peer.address()));
  } catch (const std::bad_alloc&) {
    base::log::error("no memory for a connection");
    return;
  }
  census_.enter();
  const auto connection = std::prev(connections_.end());
  const auto ended = [this, connection](const std::exception_ptr& failure) {
    connections_.erase(connection);
    census_.leave();
    if (failure) std::rethrow_exception(failure);  // run() logs it
  };
  net::co_spawn(io_.get_executor(), serve(*connection), ended);
}

// Runs the session's work on a worker thread, and comes back to this loop. False: turned away.
auto HttpLoop::async_work(Socket& socket, HttpSession& session) {
  const auto initiate = [this, &socket, &session](auto handler) {
    const auto back = [this](auto done, bool ran) {
      net::post(io_, [done = std::move(done), ran]() mutable { std::move(done)(ran); });
    };
    auto kept = std::make_shared<decltype(handler)>(std::move(handler));
    // The session outlives its work: its coroutine waits for it.
    auto source = std::make_shared<BodySource>(session.may_read_on() ? socket.native_handle() : -1);
    Task task([this, kept, back, source, &session](Turn turn) {
      // Whoever asked is gone once connections are cut: what still waits is not begun.
      const bool runs = turn == Turn::now && !census_.is_cut();
      if (runs) session.work([&](std::span<char> space) { return source->read(space); });
      back(std::move(*kept), runs);
    });
    if (!offer(task, session)) back(std::move(*kept), false);
  };
  return net::async_initiate<decltype(token), void(bool)>(initiate, token);
}

bool HttpLoop::offer(Task& task, const HttpSession& session) {
  if (session.is_under_way()) return workers_.offer(task, Claim::under_way);
  if (workers_.offer(task, Claim::ordinary)) return true;
  const bool shed_last = application_.shedding(session.request_head()) == web::Shedding::last;
  if (shed_last && workers_.offer(task, Claim::preferred)) return true;
  if (may_warn(shed_warned_at_)) base::log::warning("more requests than can wait are turned away");
  return false;
}

std::pair<Code, std::size_t> HttpLoop::send_now(Socket& socket, std::string_view bytes) {
  Code code;
  const std::size_t count = socket.write_some(net::buffer(bytes), code);
  if (code == net::error::would_block) code = {};
  return {code, count};
}

HttpLoop::Awaitable HttpLoop::serve(Connection& connection) {
  Socket& socket = connection.socket;
  HttpSession& session = connection.session;
  for (auto next = session.next(); next != HttpSession::Next::close; next = session.next()) {
    if (next == HttpSession::Next::wait) {
      auto [code] = co_await socket.async_wait(Socket::wait_read, token);
      code ? interrupted(connection, code) : session.stirred();
    } else if (next == HttpSession::Next::read) {
      const auto space = session.space();
      auto [code, count] =
          co_await socket.async_read_some(net::buffer(space.data(), space.size()), token);
      took(connection, code, count);
    } else if (next == HttpSession::Next::write) {
      // Most answers fit into what the kernel takes at once, and cost no turn of the loop.
      auto [code, count] = send_now(socket, session.output());
      if (!code && count < session.output().size()) {
        const auto rest = net::buffer(session.output().substr(count));
        std::tie(code, count) = co_await net::async_write(socket, rest, token);
      }
      base::crash_point("http.answer.after");
      code ? session.broken() : session.written();
    } else if (next == HttpSession::Next::work) {
      auto [ran] = co_await async_work(socket, session);
      base::crash_point("http.answer.before");
      ran ? session.worked() : session.turned_away();
    } else {
      Code code;
      socket.shutdown(Tcp::socket::shutdown_send, code);
      if (code) session.broken();
    }
  }
}

void HttpLoop::took(Connection& connection, Code code, std::size_t count) {
  if (!code) return connection.session.received(count);
  if (code == net::error::eof) return connection.session.ended();
  interrupted(connection, code);
}

void HttpLoop::interrupted(Connection& connection, Code code) {
  // Interrupted on purpose: the session knows why. A socket that was cut is closed, not
  // interrupted.
  if (code == net::error::operation_aborted && connection.socket.is_open()) return;
  connection.session.broken();
}

HttpLoop::Awaitable HttpLoop::sweep() {
  const HttpLimits::Span span = sweep_span(context_.limits);
  while (!released_) {
    sweep_timer_.expires_after(span);
    co_await sweep_timer_.async_wait(token);
    tick();
  }
}

// Must not throw: without it no deadline would ever be noticed again.
void HttpLoop::tick() {
  try {
    context_.date = date_now();
  } catch (const std::bad_alloc&) {
    base::log::error("no memory for the date");
  }
  context_.buffers.trim();
  workers_.turn_away();
  check_deadlines();
}

void HttpLoop::check_deadlines() {
  const Clock::time_point now = Clock::now();
  const auto idle_cut = census_.crowded() ? context_.limits.idle - idle_when_crowded : 0s;
  for (Connection& connection : connections_) {
    HttpSession& session = connection.session;
    const auto early = session.idle() ? std::max<HttpLimits::Span>(idle_cut, 0s) : 0s;
    const bool due = now >= session.deadline() - early;
    if (!due && !session.may_rest(now)) continue;
    Code ignored;
    due ? session.expire() : session.rest();
    connection.socket.cancel(ignored);
  }
}

}  // namespace transports
