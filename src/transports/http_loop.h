// HttpLoop: one I/O thread with its own acceptor, its connections and one timer for all their
// deadlines. Always: a connection lives and dies on its loop's thread; only the functions marked so
// may be called from others. Connections beyond connections_max stay in the kernel's queue until
// one ends.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.h"

#include "transports/http_options.h"
#include "transports/http_session.h"
#include "transports/worker_pool.h"
#include "web/application.h"

namespace transports {

// How many connections all loops have together, and whether the rest of them is to be cut.
class HttpCensus {
 public:
  explicit HttpCensus(std::size_t connections_max) : max_(connections_max) {}

  void enter() { ++count_; }
  void leave();
  std::size_t count() const { return count_; }
  bool full() const { return count_ >= max_; }
  bool crowded() const { return count_ > max_ - max_ / 10; }
  // True when the last connection left before the span was over.
  bool wait_until_empty(HttpLimits::Span span);
  void cut() { cut_ = true; }
  bool is_cut() const { return cut_; }

 private:
  const std::size_t max_;
  std::atomic<std::size_t> count_ = 0;
  std::atomic<bool> cut_ = false;
  std::mutex mutex_;
  std::condition_variable empty_;
};

class HttpLoop {
 public:
  using Executor = boost::asio::io_context::executor_type;
  using Tcp = boost::asio::ip::tcp;

  HttpLoop(web::Application& application, WorkerPool& workers, HttpCensus& census,
           HttpBudget& budget, const HttpLimits& limits);
  HttpLoop(const HttpLoop&) = delete;
  HttpLoop& operator=(const HttpLoop&) = delete;

  // Several loops share one address (SO_REUSEPORT); the port that was bound is the answer.
  base::Result<unsigned short> listen(const Tcp::endpoint& endpoint);
  void run();  // returns after release(), when the last connection has ended

  // From any thread; each happens a moment later on the loop's own.
  void drain(std::function<void()> drained);  // no new connections; idle ones end, others finish
  void cut();                                 // every connection ends now
  void release();                             // run() may return
  void add_to(HttpFigures& figures) const { context_.counters.add_to(figures); }

 private:
  using Socket = boost::asio::basic_stream_socket<Tcp, Executor>;
  using Acceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;
  using Timer =
      boost::asio::basic_waitable_timer<HttpSession::Clock,
                                        boost::asio::wait_traits<HttpSession::Clock>, Executor>;
  using Awaitable = boost::asio::awaitable<void, Executor>;

  struct Connection {
    Connection(Socket accepted, HttpContext& context, std::string peer)
        : socket(std::move(accepted)), session(context, std::move(peer)) {}
    Socket socket;
    HttpSession session;
  };
  using Connections = std::list<Connection>;

  Awaitable accept();
  Awaitable serve(Connection& connection);
  Awaitable sweep();
  void welcome(Socket socket);
  void tick();
  void check_deadlines();
  // What the kernel takes without waiting; that it takes nothing now is no error.
  static std::pair<boost::system::error_code, std::size_t> send_now(Socket& socket,
                                                                    std::string_view bytes);
  void took(Connection& connection, boost::system::error_code code, std::size_t count);
  void interrupted(Connection& connection, boost::system::error_code code);
  auto async_work(Socket& socket, HttpSession& session);
  bool offer(Task& task, const HttpSession& session);

  web::Application& application_;
  WorkerPool& workers_;
  HttpCensus& census_;
  HttpContext context_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<Executor> guard_;
  Acceptor acceptor_;
  Timer accept_timer_;
  Timer sweep_timer_;
  Connections connections_;
  HttpSession::Clock::time_point shed_warned_at_{};
  bool draining_ = false;
  bool released_ = false;
};

}  // namespace transports
