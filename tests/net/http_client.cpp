// The way out: whole answers or none, by a deadline, within bounds, over few connections.
#include "net/http_client.h"

#include <chrono>

#include "tests/net/scripted_server.h"

namespace net::testing {

using base::Kind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST(Endpoint, reads_what_stands_before_a_path) {
  const auto aws = Endpoint::parse("https://DynamoDB.eu-west-1.amazonaws.com");
  ASSERT_TRUE(aws);
  EXPECT_EQ(aws->host, "dynamodb.eu-west-1.amazonaws.com");
  EXPECT_EQ(aws->port, 443);
  EXPECT_EQ(aws->authority(), "dynamodb.eu-west-1.amazonaws.com");
  EXPECT_EQ(Endpoint::parse("http://127.0.0.1:8000/")->authority(), "127.0.0.1:8000");
  EXPECT_EQ(Endpoint::parse("http://[::1]:8000")->host, "::1");
  EXPECT_EQ(Endpoint::parse("http://[::1]:80")->authority(), "[::1]");
}

TEST(Endpoint, refuses_what_is_none) {
  for (const char* bad : {"", "ftp://a", "https://", "https://a b", "https://a:0",
                          "https://a:65536", "https://a:x", "https://u@a", "https://a/path",
                          "https://[::1", "http://::1", "https://a?b", "https://a\r\n"})
    EXPECT_EQ(Endpoint::parse(bad).error().kind, Kind::invalid) << bad;
}

TEST(HttpClient, sends_what_it_is_given_and_reads_the_answer) {
  ScriptedServer server(
      [](const std::string&) { return answer("hello", "X-One: 1\r\nx-one: 2\r\n"); });
  HttpClient client(server.endpoint());
  ClientRequest request{"POST", "/a?b=c", {{"X-Amz-Target", "T"}}, "body", {}};
  const auto response = client.send(request);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->header("X-ONE"), "1");
  EXPECT_EQ(server.requests()[0], "POST /a?b=c HTTP/1.1\r\nHost: " + server.endpoint().authority() +
                                      "\r\nX-Amz-Target: T\r\nContent-Length: 4\r\n\r\nbody");
}

TEST(HttpClient, any_status_is_an_answer_also_in_chunks) {
  ScriptedServer server([](const std::string&) {
    return "HTTP/1.1 503 Slow Down\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  });
  HttpClient client(server.endpoint());
  const auto response = client.send({});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 503);
  EXPECT_EQ(response->body, "abc");
}

TEST(HttpClient, uses_a_connection_again) {
  ScriptedServer server([](const std::string&) { return answer("x"); });
  HttpClient client(server.endpoint());
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(client.send({}));
  EXPECT_EQ(server.accepted(), 1);
}

TEST(HttpClient, a_kept_connection_that_was_closed_costs_no_call) {
  std::atomic<int> asked = 0;
  // Each second request finds the connection closed without an answer.
  ScriptedServer server([&](const std::string&) { return ++asked % 2 == 0 ? "" : answer("x"); });
  HttpClient client(server.endpoint());
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(client.send({})) << i;
}

TEST(HttpClient, what_must_go_out_once_is_written_once_over_a_connection_of_its_own) {
  std::atomic<int> asked = 0;
  ScriptedServer server([&](const std::string&) { return ++asked == 1 ? answer("x") : ""; });
  HttpClient client(server.endpoint());
  ASSERT_TRUE(client.send({}));
  ClientRequest once{"POST", "/", {}, "mail", ClientRequest::Repeat::once};
  const auto lost = client.send(once);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, "too-late") << "nobody knows what became of it";
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.accepted(), 2);
}

TEST(HttpClient, an_answer_that_does_not_come_is_given_up) {
  ScriptedServer server([](const std::string&) {
    std::this_thread::sleep_for(milliseconds(600));
    return answer("late");
  });
  HttpClient client(server.endpoint());
  const auto start = steady_clock::now();
  const auto late = client.send({}, milliseconds(100));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, Kind::unavailable);
  EXPECT_LT(steady_clock::now() - start, milliseconds(500));
}

TEST(HttpClient, an_answer_that_drips_is_given_up_too) {
  ScriptedServer server(
      [](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx"; });
  HttpClient client(server.endpoint());
  EXPECT_EQ(client.send({}, milliseconds(100)).error().kind, Kind::unavailable);
}

TEST(HttpClient, an_answer_is_bounded) {
  ScriptedServer server([](const std::string&) { return answer(std::string(5000, 'x')); });
  ClientLimits limits;
  limits.answer_bytes_max = 4000;
  HttpClient client(server.endpoint(), limits);
  EXPECT_EQ(client.send({}).error().kind, Kind::limited);
}

TEST(HttpClient, what_is_no_http_is_no_answer) {
  for (const std::string said : {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
                                 "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"}) {
    ScriptedServer server([&](const std::string&) { return said; });
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.send({}, milliseconds(300)).error().kind, Kind::unavailable) << said;
  }
}

TEST(HttpClient, nobody_there_is_told_as_not_sent) {
  Endpoint closed = Endpoint::parse("http://127.0.0.1:1").value();
  HttpClient client(closed);
  EXPECT_EQ(client.send({}).error().code, "not-sent");
  HttpClient nowhere(Endpoint::parse("http://no-such-host.invalid").value());
  EXPECT_EQ(nowhere.send({}).error().code, "not-sent");
}

TEST(HttpClient, what_would_break_out_of_a_head_is_refused) {
  ScriptedServer server([](const std::string&) { return answer("x"); });
  HttpClient client(server.endpoint());
  for (ClientRequest bad :
       {ClientRequest{"GET", "/a b", {}, {}, {}}, ClientRequest{"GET", "a", {}, {}, {}},
        ClientRequest{"GE T", "/", {}, {}, {}}, ClientRequest{"GET", "/\r\nX: 1", {}, {}, {}},
        ClientRequest{"GET", "/", {{"A", "b\r\nc: d"}}, {}, {}},
        ClientRequest{"GET", "/", {{"A b", "c"}}, {}, {}}})
    EXPECT_EQ(client.send(bad).error().kind, Kind::invalid);
  EXPECT_EQ(server.accepted(), 0);
}

TEST(HttpClient, many_threads_share_a_few_connections) {
  ScriptedServer server([](const std::string& request) { return answer(request.substr(5, 3)); });
  ClientLimits limits;
  limits.kept_connections_max = 4;
  HttpClient client(server.endpoint(), limits);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int j = 0; j < 50; ++j) {
        const std::string mine = std::to_string(100 + i * 50 + j);
        ClientRequest request;
        request.target = "/" + mine;
        const auto response = client.send(request);
        if (!response || response->body != mine) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(HttpClient, a_certificate_that_nobody_vouches_for_is_not_believed) {
  // A port that speaks no TLS at all: the handshake fails before anything of ours was sent.
  ScriptedServer server([](const std::string&) { return answer("plain"); });
  HttpClient client(
      Endpoint::parse("https://127.0.0.1:" + std::to_string(server.endpoint().port)).value());
  ClientRequest request;
  const auto refused = client.send(request, milliseconds(500));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "not-sent");
}

}  // namespace net::testing
