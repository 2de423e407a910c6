#include "net/http_client.h"

#include <algorithm>
#include <variant>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "base/text.h"

#include "net/trust.h"

namespace net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using base::Error;
using base::Kind;
using base::Result;
using Clock = std::chrono::steady_clock;
using Code = beast::error_code;
using Tls = beast::ssl_stream<beast::tcp_stream>;

namespace {

constexpr std::uint32_t head_bytes_max = 32 * 1024;

bool is_writable(const ClientRequest& request) {
  const auto clean = [](std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  };
  const auto word = [&](std::string_view text) {
    return !text.empty() && clean(text) && text.find(' ') == text.npos;
  };
  return word(request.method) && word(request.target) && request.target.starts_with('/') &&
         std::ranges::all_of(request.headers, [&](const base::Header& header) {
           return word(header.name) && header.name.find(':') == std::string::npos &&
                  clean(header.value);
         });
}

std::string head_of(const ClientRequest& request, const Endpoint& endpoint) {
  std::string head =
      request.method + " " + request.target + " HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\n";
  for (const base::Header& header : request.headers)
    head += header.name + ": " + header.value + "\r\n";
  const bool has_body =
      !request.body.empty() || request.method == "POST" || request.method == "PUT";
  if (has_body) head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  return head + "\r\n";
}

Error unavailable(const Endpoint& endpoint, const std::string& what, std::string code) {
  return {Kind::unavailable, endpoint.authority() + ": " + what, std::move(code)};
}

}  // namespace

std::optional<std::string_view> ClientResponse::header(std::string_view name) const {
  for (const base::Header& one : headers)
    if (base::equal_ignoring_case(one.name, name)) return one.value;
  return std::nullopt;
}

// A connection with a loop of its own, which runs only while it is asked something.
class HttpClient::Connection {
 public:
  Connection(const Endpoint& endpoint, asio::ssl::context* tls) {
    if (endpoint.scheme == Endpoint::Scheme::https)
      stream_.emplace<Tls>(loop_, *tls);
    else
      stream_.emplace<beast::tcp_stream>(loop_);
  }

  Code open(const Endpoint& endpoint, Clock::time_point until) {
    Code code;
    asio::ip::tcp::resolver resolver(loop_);
    const auto found = resolver.resolve(endpoint.host, std::to_string(endpoint.port), code);
    if (code) return code;
    lowest().expires_at(until);
    code = run([&](auto done) { lowest().async_connect(found, std::move(done)); });
    if (code) return code;
    lowest().socket().set_option(asio::ip::tcp::no_delay(true), code);
    auto* tls = std::get_if<Tls>(&stream_);
    if (!tls) return {};
    tls->set_verify_callback(asio::ssl::host_name_verification(endpoint.host));
    if (!SSL_set_tlsext_host_name(tls->native_handle(), endpoint.host.c_str()))
      return beast::error_code(static_cast<int>(ERR_get_error()), asio::error::get_ssl_category());
    return run(
        [&](auto done) { tls->async_handshake(asio::ssl::stream_base::client, std::move(done)); });
  }

  Code write(std::string_view head, std::string_view body, Clock::time_point until) {
    lowest().expires_at(until);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
    return on_stream([&](auto& stream) {
      return run([&](auto done) { asio::async_write(stream, buffers, std::move(done)); });
    });
  }

  // began: whether any of the answer came.
  Code read(http::response_parser<http::string_body>& parser, bool& began) {
    const Code code = on_stream([&](auto& stream) {
      return run([&](auto done) { http::async_read(stream, buffer_, parser, std::move(done)); });
    });
    began = parser.got_some() || buffer_.size() > 0;
    return code;
  }

  // Nothing waits to be read on a kept connection: the other end has closed, or speaks out of turn.
  bool is_quiet() {
    char byte = 0;
    Code code;
    auto& socket = lowest().socket();
    socket.non_blocking(true, code);
    if (code) return false;
    socket.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, code);
    return code == asio::error::would_block;
  }

  Clock::time_point used_at;

 private:
  beast::tcp_stream& lowest() {
    if (auto* tls = std::get_if<Tls>(&stream_)) return beast::get_lowest_layer(*tls);
    return std::get<beast::tcp_stream>(stream_);
  }
  template <class Ask>
  Code on_stream(Ask ask) {
    if (auto* tls = std::get_if<Tls>(&stream_)) return ask(*tls);
    return ask(std::get<beast::tcp_stream>(stream_));
  }
  template <class Start>
  Code run(Start start) {
    Code answer = asio::error::operation_aborted;
    start([&](Code code, auto&&...) { answer = code; });
    loop_.restart();
    loop_.run();
    return answer;
  }

  asio::io_context loop_{1};
  std::variant<std::monostate, beast::tcp_stream, Tls> stream_;
  beast::flat_buffer buffer_;
};

struct HttpClient::Pool {
  std::mutex mutex;
  std::vector<std::unique_ptr<Connection>> kept;  // the latest used last
  std::optional<asio::ssl::context> tls;

  // Made when it is needed: reading the system's authorities takes longer than many a command runs.
  asio::ssl::context* context(const Endpoint& endpoint) {
    if (endpoint.scheme != Endpoint::Scheme::https) return nullptr;
    const std::scoped_lock lock(mutex);
    if (!tls) tls.emplace(trusting_context());
    return &*tls;
  }
};

HttpClient::HttpClient(Endpoint endpoint, const ClientLimits& limits)
    : endpoint_(std::move(endpoint)), limits_(limits), pool_(std::make_unique<Pool>()) {}

HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

std::unique_ptr<HttpClient::Connection> HttpClient::take_kept() {
  const auto oldest = Clock::now() - limits_.kept;
  while (true) {
    std::unique_ptr<Connection> connection;
    {
      const std::scoped_lock lock(pool_->mutex);
      if (pool_->kept.empty()) return nullptr;
      connection = std::move(pool_->kept.back());
      pool_->kept.pop_back();
    }
    if (connection->used_at > oldest && connection->is_quiet()) return connection;
  }
}

void HttpClient::keep(std::unique_ptr<Connection> connection) {
  connection->used_at = Clock::now();
  const std::scoped_lock lock(pool_->mutex);
  if (pool_->kept.size() < limits_.kept_connections_max)
    pool_->kept.push_back(std::move(connection));
}

Result<std::unique_ptr<HttpClient::Connection>> HttpClient::connect(Clock::time_point until) {
  auto connection = std::make_unique<Connection>(endpoint_, pool_->context(endpoint_));
  const auto soon = std::min(until, Clock::now() + limits_.connect);
  if (const Code code = connection->open(endpoint_, soon))
    return unavailable(endpoint_, "no connection: " + code.message(), "not-sent");
  return connection;
}

Result<ClientResponse> HttpClient::send(const ClientRequest& request) {
  return send(request, limits_.total);
}

Result<ClientResponse> HttpClient::send(const ClientRequest& request,
                                        std::chrono::milliseconds total) try {
  if (!is_writable(request))
    return base::invalid("request", "The request cannot be written as HTTP");
  const Clock::time_point until = Clock::now() + std::min(total, limits_.total);
  const std::string head = head_of(request, endpoint_);
  while (true) {
    std::unique_ptr<Connection> connection;
    if (request.repeat == ClientRequest::Repeat::harmless) connection = take_kept();
    const bool was_kept = connection != nullptr;
    if (!connection) connection = TRY(connect(until));
    http::response_parser<http::string_body> parser;
    parser.header_limit(head_bytes_max);
    parser.body_limit(limits_.answer_bytes_max);
    if (request.method == "HEAD") parser.skip(true);
    bool began = false;
    Code code = connection->write(head, request.body, until);
    if (!code) code = connection->read(parser, began);
    const bool may_repeat = was_kept && !began && Clock::now() < until;
    if (code && may_repeat) continue;  // the other end had closed it
    if (code == http::error::body_limit)
      return Error{Kind::limited, endpoint_.authority() + ": the answer is too large"};
    if (code) return unavailable(endpoint_, "no answer: " + code.message(), "too-late");
    ClientResponse response;
    response.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get().base())
      response.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    const bool stays = parser.keep_alive();
    response.body = std::move(parser.get().body());
    if (stays) keep(std::move(connection));
    return response;
  }
} catch (const std::exception& error) {
  return unavailable(endpoint_, error.what(), "too-late");
}

}  // namespace net
