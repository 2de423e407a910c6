// HttpServer: HTTP/1.1 on Asio coroutines and Beast's parser. The web layer behind it decides what
// is served. Always: answers leave in the order of the requests; every wait has a deadline and
// every queue a bound; pages that are in memory are answered on the I/O thread, everything else by
// a worker. Refuses: what http_framing.h refuses; requests beyond the queue (503); connections
// beyond connections_max wait to be accepted. TLS and HTTP/2 are the business of a proxy in front.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"

#include "transports/http_counters.h"
#include "transports/http_options.h"
#include "web/application.h"

namespace transports {

class HttpServer {
 public:
  // The application must outlive the server.
  HttpServer(web::Application& application, HttpOptions options);
  ~HttpServer();  // stop() without grace
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Binds and serves; at most once. Errors: invalid (the address cannot be read), unavailable (it
  // is taken). Raises the process's soft limit of open files as far as the hard one allows.
  base::Result<void> start();
  // Accepts no more, ends idle connections, waits for running requests up to grace, cuts the rest,
  // joins. A handler that is already running on a worker is always waited for. Calling it again
  // does nothing.
  void stop(std::chrono::milliseconds grace);

  unsigned short port() const;  // after start()
  // Everything counted since start(); zeros while it does not run. From any thread, but not while
  // start() or stop() runs.
  HttpFigures figures() const;

  // "127.0.0.1:8080", with the port that was bound; after start().
  std::string address() const;

 private:
  struct Running;

  web::Application& application_;
  HttpOptions options_;
  std::unique_ptr<Running> running_;
  std::string host_;
  unsigned short port_ = 0;
};

}  // namespace transports
