// What the tests of the HTTP server share: an application of a few addresses, and a client that
// sends raw bytes.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
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
// What X-Client says is the client whose body it is.
// /throws, /throws-early, /gate (waits for open_gate), /big (8 MiB); streams: see StreamLog. What
// begins with /api is shed first. Any other host but site.example is 421.
// What the sinks of /stream… saw; any thread may look. /stream answers with the number of bytes and
// their sum, /stream/refused is refused unread, /stream/early (409) after 1,000 bytes,
// /stream/throws throws in take(), /stream/gate waits in its first take() for open_gate().
struct StreamLog {
  std::atomic<int> opened = 0;
  std::atomic<int> finished = 0;
  std::atomic<int> gone = 0;  // sinks destroyed, finished or not
  std::atomic<int> pieces = 0;
  std::atomic<std::size_t> longest_piece = 0;
};

class FakeApplication final : public web::Application {
 public:
  FakeApplication();

  std::shared_ptr<const web::ReadyAnswer> ready(const web::ReadyQuestion& question) override;
  web::Admission admit(const base::RequestHead& head) override;
  base::Response answer(const base::Request& request) override;
  web::StreamStart open(const base::RequestHead& head) override;
  web::Shedding shedding(const base::RequestHead& head) override;
  base::Response problem(int status, std::string_view detail,
                         const base::RequestHead* head) override;

  void open_gate();
  void wait_for_guests(std::size_t count);  // until so many requests stand at the gate
  void wait_at_gate();
  StreamLog streams;
  std::atomic<int> seen_behind = 0;  // questions about /behind, which no test means to be asked

 private:
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
  bool quiet(std::chrono::milliseconds span);          // nothing comes for so long
  bool closed(std::chrono::milliseconds within = 3s);  // the server ends it, and sent nothing more

 private:
  bool fill();

  int socket_ = -1;
  std::string buffer_;
};

std::string get(std::string_view path, std::string_view more = {});
std::string post(std::string_view path, std::string_view body, std::string_view more = {});
// As /stream answers it.
std::string stream_answer(std::string_view body);
// Until it is true, for five seconds at most.
bool eventually(const std::function<bool()>& condition);

// A server on a free port, with one I/O thread and limits short enough for tests.
struct Server {
  explicit Server(HttpOptions options = quick());
  ~Server();
  static HttpOptions quick();
  Client connect() const { return Client(server.port()); }
  Answer ask(std::string_view request) const;  // on a connection of its own

  FakeApplication application;
  HttpServer server;
};

}  // namespace transports::testing
