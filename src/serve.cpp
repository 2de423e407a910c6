#include "serve.h"

#include <csignal>
#include <iostream>

#include "base/log.h"
#include "base/text.h"

#include "app/due_jobs.h"

#include "transports/control_socket.h"
#include "transports/ticker.h"
#include "web/admin.h"

#include "control.h"
#include "metrics.h"

namespace fairlead {

namespace {

constexpr std::size_t pages_in_memory_max = 2000;
constexpr std::size_t leases_per_shard_max = 1000;
// Where other processes change the same records: how old a page in memory may be, and how often to
// look for their jobs, which costs reads.
constexpr std::chrono::seconds shared_page_age_max{1};
constexpr std::chrono::seconds shared_period{2};
constexpr std::chrono::seconds drain_grace{10};

// Which caches and clocks a commit concerns. Keys are "{tenant}/{partition}" (ports/tenant_store).
void heed(const std::vector<ports::Change>& changes, web::PageCache& pages,
          transports::Ticker& ticker, JobCounts& jobs) {
  bool planned = false;
  for (const ports::Change& change : changes) {
    if (change.kind == ports::Change::Kind::check) continue;
    jobs.heed(change);
    const auto parts = base::split(change.key.partition, '/');
    planned = planned || (parts[0] == "@due" && change.kind == ports::Change::Kind::put);
    if (parts.size() == 3 && parts[1] == "charter" && change.key.sort == "charter")
      pages.drop(domain::CharterId(std::string(parts[2])));
    if (parts.size() == 2 && parts[1] == "tenant" && change.key.sort == "tenant") pages.drop_all();
  }
  if (planned) ticker.wake();
}

// The signals that end the server are taken by sigwait in the main thread; every thread made after
// this call inherits the mask.
sigset_t take_ending_signals() {
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

transports::HttpOptions listening_on(const std::string& address) {
  transports::HttpOptions options;
  options.address = address;
  return options;
}

transports::HttpOptions admin_listening_on(const std::string& address) {
  transports::HttpOptions options = listening_on(address);
  options.io_threads = 1;
  options.workers = 1;
  options.connections_max = 64;
  return options;
}

}  // namespace

int serve_command(const ServeOptions& options) {
  const sigset_t ending = take_ending_signals();
  const auto machine = COMMAND_TRY(Machine::open(options.data));
  web::PageCache pages(pages_in_memory_max,
                       machine->is_shared() ? shared_page_age_max : web::PageCache::no_age_max);
  transports::TickerOptions ticking;
  if (machine->is_shared()) ticking.period = shared_period;
  transports::Ticker ticker(machine->desk(), ticking);
  JobCounts jobs;
  machine->watch([&](const auto& changes) { heed(changes, pages, ticker, jobs); });

  const app::Tenancy tenancy(*machine->owners());
  web::Router router(tenancy, machine->world(), pages,
                     {machine->config().proxies, machine->config().api_hosts});
  transports::HttpServer server(router, listening_on(options.listen));
  const Watched watched{*machine, server, jobs, router, pages, std::chrono::steady_clock::now()};
  web::Admin admin(tenancy, [&] { return write_metrics(watched); });
  transports::HttpServer admin_server(admin, admin_listening_on(options.admin));
  transports::ControlSocket control(
      (options.data / control_socket_name).string(),
      [&](const auto& request) { return answer_control(*machine, request); });
  const std::size_t freed =
      machine->is_shared() ? 0
                           : COMMAND_TRY(app::free_leases(machine->desk(), leases_per_shard_max));
  if (freed > 0)
    base::log::info("jobs of a process that died run again", {{"jobs", std::to_string(freed)}});
  COMMAND_TRY(server.start());
  COMMAND_TRY(admin_server.start());
  COMMAND_TRY(control.start());
  ticker.start();
  std::cout << "listening on " << server.address() << '\n'
            << "admin on " << admin_server.address() << '\n'
            << std::flush;

  int signal = 0;
  sigwait(&ending, &signal);
  base::log::info("draining", {{"signal", std::to_string(signal)}});
  control.stop();
  admin_server.stop(std::chrono::seconds(1));
  server.stop(drain_grace);
  ticker.stop();
  return 0;
}

}  // namespace fairlead
