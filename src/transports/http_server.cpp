#include "transports/http_server.h"

#include <algorithm>
#include <exception>
#include <latch>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include <sched.h>
#include <sys/resource.h>

#include "base/log.h"
#include "base/text.h"

#include "transports/http_loop.h"

namespace transports {
namespace net = boost::asio;

namespace {

using Tcp = net::ip::tcp;

constexpr unsigned io_threads_max = 4;
constexpr std::size_t files_for_others = 256;  // database, log, outgoing connections

struct Address {
  std::string host;  // as written, with brackets
  Tcp::endpoint endpoint;
};

std::optional<Address> parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string host = text.substr(0, colon);
  const auto port = base::parse_unsigned(std::string_view(text).substr(colon + 1));
  if (!port || *port > 65535) return std::nullopt;
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  boost::system::error_code code;
  const auto address =
      net::ip::make_address(bracketed ? host.substr(1, host.size() - 2) : host, code);
  if (code || address.is_v6() != bracketed) return std::nullopt;
  return Address{host, Tcp::endpoint(address, static_cast<unsigned short>(*port))};
}

// SO_REUSEPORT would let a second server share the port in silence, so a plain bind asks first.
base::Result<void> check_free(const Tcp::endpoint& endpoint) {
  if (endpoint.port() == 0) return base::ok();
  net::io_context io;
  net::basic_socket_acceptor<Tcp> probe(io);
  boost::system::error_code code;
  probe.open(endpoint.protocol(), code);
  if (!code) probe.set_option(net::socket_base::reuse_address(true), code);
  if (!code) probe.bind(endpoint, code);
  if (code) return base::unavailable(code.message());
  return base::ok();
}

// What this process may run on; a container or a unit file may give it less than the machine has.
unsigned processors_given() {
  cpu_set_t given;
  CPU_ZERO(&given);
  if (::sched_getaffinity(0, sizeof given, &given) != 0) return std::thread::hardware_concurrency();
  return static_cast<unsigned>(CPU_COUNT(&given));
}

// As many connections as there can be open files, but no more than asked for.
std::size_t connections_possible(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = wanted + files_for_others;
  if (limit.rlim_cur < needed) {
    rlimit raised = limit;
    raised.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  if (limit.rlim_cur >= needed) return wanted;
  const std::size_t files = limit.rlim_cur;
  const std::size_t possible = std::max(files / 2, files - std::min(files, files_for_others));
  base::log::info("fewer connections than set, for want of open files",
                  {{"connections", std::to_string(possible)}});
  return possible;
}

WorkerLimits worker_limits(const HttpOptions& options) {
  const std::size_t kept_free = options.queue_max / 4;
  return {options.workers, options.queue_max, options.queue_max - kept_free, options.limits.queue};
}

}  // namespace

// Order matters: the pool's tasks post to the loops, so it is declared, and stopped, on this side
// of them.
struct HttpServer::Running {
  Running(const HttpOptions& options, std::size_t connections)
      : census(connections), budget(options), workers(worker_limits(options)) {}

  HttpCensus census;
  HttpBudget budget;
  std::vector<std::unique_ptr<HttpLoop>> loops;
  WorkerPool workers;
  std::vector<std::thread> threads;
};

HttpServer::HttpServer(web::Application& application, HttpOptions options)
    : application_(application), options_(std::move(options)) {}

HttpServer::~HttpServer() {
  stop(std::chrono::milliseconds{0});
}

base::Result<void> HttpServer::start() {
  std::optional<Address> address = parse_address(options_.address);
  if (!address) {
    return base::invalid("listen",
                         "'" + options_.address + "' is not an address like 127.0.0.1:80");
  }
  const auto failure = [&](const std::string& reason) {
    return base::unavailable("cannot listen on " + options_.address + ": " + reason);
  };
  if (auto is_free = check_free(address->endpoint); !is_free)
    return failure(is_free.error().message);
  const unsigned processors = std::clamp(processors_given(), 1u, io_threads_max);
  const unsigned count = options_.io_threads == 0 ? processors : options_.io_threads;
  auto running =
      std::make_unique<Running>(options_, connections_possible(options_.connections_max));
  for (unsigned i = 0; i < count; ++i) {
    running->loops.push_back(std::make_unique<HttpLoop>(
        application_, running->workers, running->census, running->budget, options_.limits));
    const auto port = running->loops.back()->listen(address->endpoint);
    if (!port) return failure(port.error().message);
    address->endpoint.port(*port);
  }
  host_ = address->host;
  port_ = address->endpoint.port();
  running_ = std::move(running);
  for (const auto& loop : running_->loops) {
    running_->threads.emplace_back([&loop = *loop] { loop.run(); });
  }
  return base::ok();
}

void HttpServer::stop(std::chrono::milliseconds grace) {
  if (!running_) return;
  {
    std::latch drained(static_cast<std::ptrdiff_t>(running_->loops.size()));
    for (const auto& loop : running_->loops) loop->drain([&drained] { drained.count_down(); });
    drained.wait();
  }
  if (!running_->census.wait_until_empty(grace)) {
    running_->census.cut();
    for (const auto& loop : running_->loops) loop->cut();
  }
  // Only now: a worker's last answer must find its loop alive.
  running_->workers.stop();
  for (const auto& loop : running_->loops) loop->release();
  for (std::thread& thread : running_->threads) thread.join();
  running_.reset();
}

HttpFigures HttpServer::figures() const {
  HttpFigures figures;
  if (!running_) return figures;
  for (const auto& loop : running_->loops) loop->add_to(figures);
  figures.connections = running_->census.count();
  figures.queued = running_->workers.waiting();
  return figures;
}

unsigned short HttpServer::port() const {
  return port_;
}

std::string HttpServer::address() const {
  return host_ + ":" + std::to_string(port_);
}

}  // namespace transports
