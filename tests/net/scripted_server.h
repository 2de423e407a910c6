// A server that answers what a test tells it to, one connection after the other, byte for byte: so
// that answers can be wrong in any way.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/endpoint.h"

namespace net::testing {

inline std::string answer(const std::string& body, const std::string& more_headers = {},
                          const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         more_headers + "\r\n" + body;
}

class ScriptedServer {
 public:
  // request: head and body as they came. An empty answer ends the connection.
  using Script = std::function<std::string(const std::string& request)>;

  explicit ScriptedServer(Script script) : script_(std::move(script)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(socket_, 64), 0);
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    for (std::thread& one : connections_) one.join();
    ::close(socket_);
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  Endpoint endpoint() const { return Endpoint::parse(url()).value(); }
  int accepted() const { return accepted_; }
  std::vector<std::string> requests() {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

 private:
  void run() {
    for (int one = 0; (one = ::accept(socket_, nullptr, nullptr)) >= 0;) {
      ++accepted_;
      connections_.emplace_back([this, one] { serve(one); });
    }
  }
  void serve(int connection) {
    std::string bytes;
    while (true) {
      const auto request = next(connection, bytes);
      if (!request) break;
      {
        const std::scoped_lock lock(mutex_);
        requests_.push_back(*request);
      }
      const std::string said = script_(*request);
      if (said.empty() || ::send(connection, said.data(), said.size(), MSG_NOSIGNAL) < 0) break;
    }
    ::close(connection);
  }
  static std::optional<std::string> next(int connection, std::string& bytes) {
    while (true) {
      const std::size_t head = bytes.find("\r\n\r\n");
      if (head != std::string::npos) {
        std::size_t length = 0;
        if (const std::size_t at = bytes.find("Content-Length: "); at < head)
          length = std::stoul(bytes.substr(at + 16));
        if (bytes.size() >= head + 4 + length) {
          std::string request = bytes.substr(0, head + 4 + length);
          bytes.erase(0, head + 4 + length);
          return request;
        }
      }
      char piece[4096];
      const ssize_t count = ::recv(connection, piece, sizeof piece, 0);
      if (count <= 0) return std::nullopt;
      bytes.append(piece, static_cast<std::size_t>(count));
    }
  }

  Script script_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> accepted_ = 0;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<std::thread> connections_;
  std::thread thread_;
};

}  // namespace net::testing
