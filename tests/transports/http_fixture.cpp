#include "tests/transports/http_fixture.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

namespace transports::testing {
namespace {

constexpr std::string_view page = "<p>Welcome aboard</p>";

std::uint64_t sum_of(std::uint64_t sum, std::string_view bytes) {
  for (const char byte : bytes) sum = sum * 31 + static_cast<unsigned char>(byte);
  return sum;
}

class CountingSink final : public web::BodySink {
 public:
  CountingSink(FakeApplication& application, std::string path)
      : application_(application), log_(application.streams), path_(std::move(path)) {
    ++log_.opened;
  }
  ~CountingSink() override { ++log_.gone; }

  std::optional<base::Response> take(std::string_view bytes) override {
    if (path_ == "/stream/throws") throw std::runtime_error("take failed");
    if (path_ == "/stream/gate" && count_ == 0) application_.wait_at_gate();
    ++log_.pieces;
    log_.longest_piece = std::max(log_.longest_piece.load(), bytes.size());
    count_ += bytes.size();
    sum_ = sum_of(sum_, bytes);
    if (path_ != "/stream/early" || count_ < 1000) return std::nullopt;
    return application_.problem(409, "enough", nullptr);
  }
  base::Response finish() override {
    ++log_.finished;
    base::Response response;
    response.body = std::to_string(count_) + " " + std::to_string(sum_);
    return response;
  }

 private:
  FakeApplication& application_;
  StreamLog& log_;
  std::string path_;
  std::size_t count_ = 0;
  std::uint64_t sum_ = 0;
};

}  // namespace

FakeApplication::FakeApplication() {
  web::ReadyAnswer ready;
  const std::string length = std::to_string(page.size());
  ready.etag = "\"v1\"";
  ready.head = "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: " + length + "\r\n\r\n";
  ready.full = ready.head + std::string(page);
  ready.not_modified = "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n";
  page_ = std::make_shared<const web::ReadyAnswer>(std::move(ready));
}

std::shared_ptr<const web::ReadyAnswer> FakeApplication::ready(const web::ReadyQuestion& question) {
  if (question.path == "/behind") ++seen_behind;
  if (question.host == "site.example" && question.path == "/page") return page_;
  return nullptr;
}

web::Admission FakeApplication::admit(const base::RequestHead& head) {
  if (head.path == "/behind") ++seen_behind;
  if (head.path == "/throws-early") throw std::runtime_error("admission failed");
  if (head.host != "site.example") {
    return {0, std::make_shared<const base::Response>(problem(421, "unknown host", nullptr)), {}};
  }
  if (head.path == "/refused") {
    return {0, std::make_shared<const base::Response>(problem(403, "refused", nullptr)), {}};
  }
  const std::string client(head.header("X-Client").value_or(""));
  if (head.path.starts_with("/stream")) {
    return {std::size_t{1} << 30, nullptr, web::Admission::Body::streamed, client};
  }
  if (head.path == "/small") return {10, nullptr, {}};
  if (head.path == "/none") return {0, nullptr, {}};
  return {std::size_t{64} * 1024, nullptr, {}, client};
}

base::Response FakeApplication::answer(const base::Request& request) {
  const base::RequestHead& head = request.head;
  if (head.path == "/throws") throw std::runtime_error("answer failed");
  if (head.path == "/gate" || head.path == "/api/gate") wait_at_gate();
  base::Response response;
  if (head.path == "/big") {
    response.body.assign(std::size_t{8} * 1024 * 1024, 'x');
    return response;
  }
  response.set("X-Peer", head.peer);
  response.body.append(base::name_of(head.method)).append(" ").append(head.host);
  response.body.append(head.path).append("?").append(head.query).append(" ");
  response.body.append(request.body);
  return response;
}

web::StreamStart FakeApplication::open(const base::RequestHead& head) {
  if (head.path == "/stream/refused") return problem(403, "refused", nullptr);
  return std::make_unique<CountingSink>(*this, head.path);
}

web::Shedding FakeApplication::shedding(const base::RequestHead& head) {
  return head.path.starts_with("/api") ? web::Shedding::first : web::Shedding::last;
}

base::Response FakeApplication::problem(int status, std::string_view detail,
                                        const base::RequestHead* /*head*/) {
  base::Response response;
  response.status = status;
  response.set("Content-Type", "application/problem+json");
  response.body = detail;
  return response;
}

void FakeApplication::wait_at_gate() {
  std::unique_lock lock(mutex_);
  ++guests_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return open_; });
}

void FakeApplication::open_gate() {
  const std::scoped_lock lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

void FakeApplication::wait_for_guests(std::size_t count) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, 10s, [&] { return guests_ >= count; });
}

std::string Answer::header(std::string_view name) const {
  for (const std::string_view line : base::split(head, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (!base::equal_ignoring_case(line.substr(0, colon), name)) continue;
    return std::string(base::trimmed(line.substr(colon + 1)));
  }
  return {};
}

Client::Client(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int done = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (done != 0) ADD_FAILURE() << "cannot connect";
  const int at_once = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::fill() {
  pollfd wanted{socket_, POLLIN, 0};
  if (::poll(&wanted, 1, 15'000) <= 0) return false;
  char bytes[16384];
  const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
  if (count <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

Answer Client::receive(bool to_head) {
  std::size_t end = buffer_.find("\r\n\r\n");
  for (; end == std::string::npos; end = buffer_.find("\r\n\r\n")) {
    if (!fill()) return {};
  }
  Answer answer;
  answer.head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  const int status = std::stoi(answer.head.substr(9, 3));
  const bool bare = to_head || status == 100 || status == 304 || status == 204;
  const std::string length = answer.header("Content-Length");
  const std::size_t count = bare || length.empty() ? 0 : std::stoul(length);
  while (buffer_.size() < count) {
    if (!fill()) return {};
  }
  answer.status = status;
  answer.body = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return answer;
}

std::string Client::receive_some(std::size_t count_max) {
  std::string bytes(count_max, '\0');
  const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return bytes;
}

void Client::end_sending() {
  ::shutdown(socket_, SHUT_WR);
}

void Client::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

bool Client::quiet(std::chrono::milliseconds span) {
  pollfd wanted{socket_, POLLIN, 0};
  return buffer_.empty() && ::poll(&wanted, 1, static_cast<int>(span.count())) == 0;
}

bool Client::closed(std::chrono::milliseconds within) {
  if (!buffer_.empty()) return false;
  pollfd wanted{socket_, POLLIN, 0};
  if (::poll(&wanted, 1, static_cast<int>(within.count())) <= 0) return false;
  char byte = 0;
  return ::recv(socket_, &byte, 1, 0) <= 0;
}

std::string get(std::string_view path, std::string_view more) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: site.example\r\n" + std::string(more) +
         "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view more) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: site.example\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(more) + "\r\n" + std::string(body);
}

std::string stream_answer(std::string_view body) {
  return std::to_string(body.size()) + " " + std::to_string(sum_of(0, body));
}

bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

Server::Server(HttpOptions options) : server(application, std::move(options)) {
  const auto started = server.start();
  if (!started) ADD_FAILURE() << started.error().message;
}

Server::~Server() {
  application.open_gate();
  server.stop(1s);
}

Answer Server::ask(std::string_view request) const {
  Client client = connect();
  client.send(request);
  return client.receive();
}

HttpOptions Server::quick() {
  HttpOptions options;
  options.address = "127.0.0.1:0";
  options.io_threads = 1;
  options.workers = 4;
  options.limits.linger = 300ms;
  return options;
}

}  // namespace transports::testing
