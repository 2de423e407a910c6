// What the tests of the HTTP server share: an application of a few addresses, and a client that
// sends raw bytes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "transports/http_server.h"
#include "web/application.h"

namespace transports::testing {

using namespace std::chrono_literals;

// GET /page (in memory), /echo (64 KiB), /small (10 bytes), /none (no body), /refused (403 unread),
// /throws, /throws-early, /gate (waits for open_gate), /big (8 MiB). Any other host but
// site.example is 421.
class FakeApplication final : public web::Application {
 public:
  FakeApplication();

  std::shared_ptr<const web::ReadyAnswer> ready(const web::ReadyQuestion& question) override;
  web::Admission admit(const base::RequestHead& head) override;
  base::Response answer(const base::Request& request) override;
  base::Response problem(int status, std::string_view detail) override;

  void open_gate();
  void wait_for_guests(std::size_t count);  // until so many requests stand at the gate

 private:
  void wait_at_gate();

  std::shared_ptr<const web::ReadyAnswer> page_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  std::size_t guests_ = 0;
};

struct Answer {
  int status = 0;  // 0: the connection ended before an answer was whole
  std::string head;
  std::string body;
  std::string header(std::string_view name) const;  // "" when absent
};

class Client {
 public:
  explicit Client(unsigned short port);
  ~Client();
  Client(Client&& other) noexcept;
  Client(const Client&) = delete;

  bool send(std::string_view bytes);  // false: the connection is gone
  Answer receive(bool to_head = false);
  std::string receive_some(std::size_t count_max);
  void end_sending();
  void reset();                                        // closes with RST
  bool closed(std::chrono::milliseconds within = 3s);  // the server ends it, and sent nothing more

 private:
  bool fill();

  int socket_ = -1;
  std::string buffer_;
};

std::string get(std::string_view path, std::string_view more = {});
std::string post(std::string_view path, std::string_view body, std::string_view more = {});

// A server on a free port, with one I/O thread and limits short enough for tests.
struct Server {
  explicit Server(HttpOptions options = quick());
  ~Server();
  static HttpOptions quick();
  Client connect() const { return Client(server.port()); }

  FakeApplication application;
  HttpServer server;
};

}  // namespace transports::testing
