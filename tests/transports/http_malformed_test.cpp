// Every request of malformed.corpus is refused with its status, however it is cut, and the
// connection ends: nothing behind it is ever taken for a request.
#include <functional>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "transports/http_session.h"

#include "tests/transports/http_fixture.h"
#include "tests/transports/malformed_corpus.h"

namespace transports::testing {
namespace {

const std::vector<Malformed>& corpus() {
  static const std::vector<Malformed> all = read_malformed_corpus();
  return all;
}

// What a second reader might take for the next request.
std::string with_request_behind(const Malformed& wrong) {
  return wrong.bytes + get("/behind") + get("/behind");
}

using Delivery = std::function<void(Client&, std::string_view)>;

void expect_refused(const Server& server, const Malformed& wrong, const Delivery& deliver) {
  SCOPED_TRACE(wrong.name);
  Client client = server.connect();
  deliver(client, with_request_behind(wrong));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, wrong.status) << answer.body;
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_TRUE(client.closed());
}

void expect_all_refused(const Delivery& deliver) {
  Server server;
  for (const Malformed& wrong : corpus()) expect_refused(server, wrong, deliver);
  EXPECT_EQ(server.application.seen_behind, 0);
  EXPECT_TRUE(eventually(
      [&] { return server.application.streams.gone == server.application.streams.opened; }));
  EXPECT_EQ(server.application.streams.finished, 0);
}

TEST(Malformed, TheCorpusIsLargeAndNamesEachCaseOnce) {
  std::set<std::string> names;
  for (const Malformed& wrong : corpus())
    EXPECT_TRUE(names.insert(wrong.name).second) << wrong.name;
  EXPECT_GE(names.size(), 300u);
}

TEST(Malformed, IsRefusedInOnePiece) {
  expect_all_refused([](Client& client, std::string_view bytes) { client.send(bytes); });
}

TEST(Malformed, IsRefusedByteByByte) {
  expect_all_refused([](Client& client, std::string_view bytes) {
    // The start of what is long says nothing new.
    const std::size_t at_once = bytes.size() > 2000 ? bytes.size() - 500 : 0;
    client.send(bytes.substr(0, at_once));
    for (const char byte : bytes.substr(at_once)) {
      if (!client.send(std::string_view(&byte, 1))) return;
      std::this_thread::yield();
    }
  });
}

TEST(Malformed, IsRefusedCutAtRandom) {
  std::mt19937 random(20270530);  // NOLINT: the same cuts every time
  expect_all_refused([&](Client& client, std::string_view bytes) {
    for (int i = 0; i < 4 && bytes.size() > 1; ++i) {
      const std::size_t cut = 1 + random() % (bytes.size() - 1);
      if (!client.send(bytes.substr(0, cut))) return;
      bytes.remove_prefix(cut);
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    client.send(bytes);
  });
}

// The session alone, without sockets: here a cut is where we say, and nothing comes late.
class Bench {
 public:
  // What is answered to these bytes, which arrive in pieces so long; answers() says how often.
  std::string answer(std::string_view bytes, std::size_t piece) {
    HttpSession session(context_, "192.0.2.1");
    std::string answer;
    answers_ = 0;
    for (;;) {
      const HttpSession::Next next = session.next();
      if (next == HttpSession::Next::wait) {
        session.stirred();
      } else if (next == HttpSession::Next::read) {
        if (bytes.empty()) session.ended();
        const auto space = session.space();
        const std::size_t count = std::min({piece, bytes.size(), space.size()});
        std::copy_n(bytes.data(), count, space.data());
        if (count > 0) session.received(count);
        bytes.remove_prefix(count);
      } else if (next == HttpSession::Next::work) {
        session.work([](std::span<char>) { return std::size_t{0}; });
        session.worked();
      } else if (next == HttpSession::Next::write) {
        answer += session.output();
        ++answers_;
        session.written();
      } else if (next == HttpSession::Next::close) {
        return answer;
      }
    }
  }
  int answers() const { return answers_; }

 private:
  int answers_ = 0;
  FakeApplication application_;
  HttpBudget budget_{HttpOptions{}};
  HttpContext context_{application_, budget_, {}, "now", {}, {}};
};

TEST(Malformed, IsAnsweredOnceAndAlikeInPiecesOfAnySize) {
  Bench bench;
  for (const Malformed& wrong : corpus()) {
    SCOPED_TRACE(wrong.name);
    const std::string bytes = with_request_behind(wrong);
    for (const std::size_t piece : {bytes.size(), 1UL, 2UL, 3UL, 5UL, 7UL, 11UL, 64UL}) {
      const std::string answer = bench.answer(bytes, piece);
      EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::to_string(wrong.status))) << answer;
      EXPECT_EQ(bench.answers(), 1) << piece;
    }
  }
}

// The good neighbours of the corpus: what is strict must not be stubborn.
TEST(Malformed, WhatIsOnlyUnusualIsTaken) {
  const std::string post = "POST /echo HTTP/1.1\r\nHost: site.example\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  Bench bench;
  for (const std::string& good :
       {get("/echo"), "\r\n" + get("/echo"), get("/echo", "A:\r\n"), get("/echo", "A:b\r\n"),
        get("/echo", "A: \t b \t\r\n"), get("/echo", "A: \xc3\xa9\r\n"),
        get("/echo", "!#$%&'*+-.^_`|~09Az: b\r\n"), get("/echo?a=/?:@!$&'()*+,;=-._~%7C"),
        get("//echo"), post + "Content-Length: 3 \r\n\r\nabc",
        post + "Content-Length:0000000003\r\n\r\nabc", post + "content-length:3\r\n\r\nabc",
        post + "Transfer-Encoding:\tCHUNKED \r\n\r\n0\r\n\r\n", chunked + "000\r\n\r\n",
        chunked + "A\r\n0123456789\r\na;x\r\n0123456789\r\n00;y=\"z \\\" ;\"\r\n\r\n",
        chunked + "3;a=b;c;d=\"\"\r\nabc\r\n0;e=f\r\nX-Sum: 1\r\nX-More:\r\n\r\n",
        chunked + "0000000000000003\r\nabc\r\n0\r\n\r\n"}) {
    for (const std::size_t piece : {good.size(), std::size_t{1}}) {
      EXPECT_TRUE(bench.answer(good, piece).starts_with("HTTP/1.1 200 OK\r\n")) << good;
    }
  }
}

}  // namespace
}  // namespace transports::testing
