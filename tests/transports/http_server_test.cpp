// What the server does right with requests that are right.
#include <thread>

#include <gtest/gtest.h>

#include "tests/transports/http_fixture.h"

namespace transports::testing {
namespace {

constexpr std::string_view page = "<p>Welcome aboard</p>";

TEST(HttpServer, AnswersFromMemoryAndKeepsTheConnection) {
  Server server;
  Client client = server.connect();
  for (int i = 0; i < 3; ++i) {
    client.send(get("/page"));
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, page);
    EXPECT_EQ(answer.header("Connection"), "");
  }
}

TEST(HttpServer, MemoryAnswersIgnoreTheQueryAndTheCaseOfTheHost) {
  Server server;
  Client client = server.connect();
  client.send("GET /page?from=mail HTTP/1.1\r\nhOST: Site.EXAMPLE.:8080\r\n\r\n");
  EXPECT_EQ(client.receive().body, page);
}

TEST(HttpServer, HeadHasTheHeadersAndNoBody) {
  Server server;
  Client client = server.connect();
  client.send("HEAD /page HTTP/1.1\r\nHost: site.example\r\n\r\n");
  EXPECT_EQ(client.receive(true).header("Content-Length"), std::to_string(page.size()));
  client.send("HEAD /echo HTTP/1.1\r\nHost: site.example\r\n\r\n");
  const Answer answer = client.receive(true);
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.header("Content-Length"), "0");
  client.send(get("/page"));
  EXPECT_EQ(client.receive().body, page);
  client.send("HEAD /refused HTTP/1.1\r\nHost: site.example\r\n\r\n");
  EXPECT_EQ(client.receive(true).status, 403);
  client.send(get("/page"));
  EXPECT_EQ(client.receive().body, page);
}

TEST(HttpServer, NotModifiedWhenTheClientHoldsThePage) {
  Server server;
  Client client = server.connect();
  for (const char* value : {"\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"}) {
    client.send(get("/page", "If-None-Match: " + std::string(value) + "\r\n"));
    EXPECT_EQ(client.receive().status, 304) << value;
  }
  client.send(get("/page", "If-None-Match: \"v2\"\r\n"));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpServer, HandsTheRequestToTheApplication) {
  Server server;
  Client client = server.connect();
  client.send(
      "PATCH /echo?a=b&c HTTP/1.1\r\nHost: SITE.example:80\r\nContent-Length: 5\r\n\r\nhello");
  const Answer answer = client.receive();
  EXPECT_EQ(answer.body, "PATCH site.example/echo?a=b&c hello");
  EXPECT_EQ(answer.header("X-Peer"), "127.0.0.1");
  EXPECT_NE(answer.header("Date"), "");
}

TEST(HttpServer, UnknownHostIsTheApplicationsRefusalAndKeepsTheConnection) {
  Server server;
  Client client = server.connect();
  client.send("GET /page HTTP/1.1\r\nHost: other.example\r\n\r\n" + get("/page"));
  EXPECT_EQ(client.receive().status, 421);
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
  Server server;
  Client client = server.connect();
  std::string requests;
  for (int i = 0; i < 20; ++i) {
    requests += i % 3 == 0 ? get("/page") : post("/echo?" + std::to_string(i), "body");
  }
  client.send(requests);
  for (int i = 0; i < 20; ++i) {
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, i % 3 == 0 ? std::string(page)
                                      : "POST site.example/echo?" + std::to_string(i) + " body");
  }
}

TEST(HttpServer, RequestsMayArriveByteByByte) {
  Server server;
  Client client = server.connect();
  for (const char byte : "\r\n" + post("/echo", "drip") + get("/page")) {
    client.send(std::string_view(&byte, 1));
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(client.receive().body, "POST site.example/echo? drip");
  EXPECT_EQ(client.receive().body, page);
}

TEST(HttpServer, PipelinedRequestsMayBeCutAnywhere) {
  Server server;
  const std::string requests = get("/page") + post("/echo", "abc") +
                               "POST /echo HTTP/1.1\r\nHost: site.example\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n3\r\nxyz\r\n0\r\n\r\n" +
                               get("/page");
  for (std::size_t cut = 1; cut < requests.size(); cut += 3) {
    Client client = server.connect();
    client.send(std::string_view(requests).substr(0, cut));
    std::this_thread::sleep_for(1ms);
    client.send(std::string_view(requests).substr(cut));
    EXPECT_EQ(client.receive().body, page) << cut;
    EXPECT_EQ(client.receive().body, "POST site.example/echo? abc") << cut;
    EXPECT_EQ(client.receive().body, "POST site.example/echo? xyz") << cut;
    EXPECT_EQ(client.receive().body, page) << cut;
  }
}

TEST(HttpServer, ChunkedBodiesWithExtensionsAndTrailers) {
  Server server;
  Client client = server.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: site.example\r\ntransfer-encoding: CHUNKED\r\n\r\n"
      "5;name=\"quoted; value\"\r\nhello\r\n0006\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n" +
      get("/page"));
  EXPECT_EQ(client.receive().body, "POST site.example/echo? hello world");
  EXPECT_EQ(client.receive().body, page);
}

TEST(HttpServer, ChunkedBodiesAreLimitedByTheirSum) {
  Server server;
  const std::string head =
      "POST /small HTTP/1.1\r\nHost: site.example\r\nTransfer-Encoding: chunked\r\n\r\n";
  Client fits = server.connect();
  fits.send(head + "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n");
  EXPECT_EQ(fits.receive().status, 200);
  Client exceeds = server.connect();
  exceeds.send(head + "5\r\nhello\r\n6\r\nworld!\r\n0\r\n\r\n");
  EXPECT_EQ(exceeds.receive().status, 413);
  EXPECT_TRUE(exceeds.closed());
}

TEST(HttpServer, BodiesUpToTheLimitAndNotOneByteMore) {
  Server server;
  Client client = server.connect();
  client.send(post("/small", "0123456789"));
  EXPECT_EQ(client.receive().status, 200);
  client.send(post("/none", ""));
  EXPECT_EQ(client.receive().status, 200);
  const std::string large(std::size_t{64} * 1024, 'x');
  client.send(post("/echo", large));
  EXPECT_EQ(client.receive().body, "POST site.example/echo? " + large);
  client.send(post("/small", "0123456789a"));
  EXPECT_EQ(client.receive().status, 413);
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, RefusalCanBeReadWhileTheClientStillSends) {
  HttpOptions options = Server::quick();
  options.limits.linger = 2s;
  Server server(options);
  for (const char* path : {"/echo", "/refused"}) {
    Client client = server.connect();
    const std::string more(std::size_t{64} * 1024, 'x');
    client.send("POST " + std::string(path) +
                " HTTP/1.1\r\nHost: site.example\r\nContent-Length: 9999999\r\n\r\n");
    for (int i = 0; i < 20; ++i) {
      EXPECT_TRUE(client.send(more));
      std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(client.receive().status, path == std::string("/echo") ? 413 : 403);
    EXPECT_TRUE(client.closed());
  }
}

TEST(HttpServer, SaysContinueBeforeABodyThatWillBeRead) {
  Server server;
  Client client = server.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: site.example\r\nContent-Length: 3\r\n"
      "Expect: 100-Continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("abc");
  EXPECT_EQ(client.receive().body, "POST site.example/echo? abc");
  client.send(post("/echo", "at once", "Expect: 100-continue\r\n"));
  EXPECT_EQ(client.receive().body, "POST site.example/echo? at once");
  client.send(
      "POST /refused HTTP/1.1\r\nHost: site.example\r\nContent-Length: 3\r\n"
      "Expect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 403);
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, OldClientsAreAnsweredAndLeftUnlessTheyAskToStay) {
  Server server;
  for (const char* path : {"/page", "/echo"}) {
    const std::string line = "GET " + std::string(path) + " HTTP/1.0\r\nHost: site.example\r\n";
    Client leaves = server.connect();
    leaves.send(line + "\r\n");
    const Answer answer = leaves.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(leaves.closed());
    Client stays = server.connect();
    for (int i = 0; i < 2; ++i) {
      stays.send(line + "Connection: keep-alive\r\n\r\n");
      EXPECT_EQ(stays.receive().header("Connection"), "keep-alive");
    }
  }
  Client nameless = server.connect();
  nameless.send("GET /page HTTP/1.0\r\n\r\n");
  EXPECT_EQ(nameless.receive().status, 421);
}

TEST(HttpServer, ClosesWhenAsked) {
  Server server;
  for (const char* path : {"/page", "/echo"}) {
    Client client = server.connect();
    client.send(get(path, "Connection: foo, Close\r\n") + get("/page"));
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.closed());
  }
}

TEST(HttpServer, AnswersAClientThatHalfCloses) {
  Server server;
  Client client = server.connect();
  client.send(get("/page") + post("/echo", "last"));
  client.end_sending();
  EXPECT_EQ(client.receive().body, page);
  EXPECT_EQ(client.receive().body, "POST site.example/echo? last");
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, HalfARequestIsNotARequest) {
  Server server;
  for (const std::string& whole : {get("/page"), post("/echo", "body")}) {
    Client client = server.connect();
    client.send(std::string_view(whole).substr(0, whole.size() - 1));
    client.end_sending();
    EXPECT_EQ(client.receive().status, 400);
    EXPECT_TRUE(client.closed());
  }
}

TEST(HttpServer, ExceptionsBecome500) {
  Server server;
  Client client = server.connect();
  client.send(get("/throws") + get("/page"));
  EXPECT_EQ(client.receive().status, 500);
  EXPECT_EQ(client.receive().status, 200);
  client.send(get("/throws-early"));
  EXPECT_EQ(client.receive().status, 500);
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, ClientsThatVanishLeaveNothingBehind) {
  Server server;
  for (int i = 0; i < 10; ++i) {
    server.connect().send(
        "POST /echo HTTP/1.1\r\nHost: site.example\r\nContent-Length: 9\r\n\r\nab");
    server.connect().send("GET /ec");
    server.connect().send(get("/echo"));
    server.connect().send(get("/big"));
    Client cut = server.connect();
    cut.send(get("/big"));
    cut.receive_some(1000);
    cut.reset();
  }
  Client client = server.connect();
  client.send(get("/page"));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpServer, LargeAnswersArriveWhole) {
  Server server;
  Client client = server.connect();
  client.send(get("/big"));
  EXPECT_EQ(client.receive().body, std::string(std::size_t{8} * 1024 * 1024, 'x'));
}

TEST(HttpServer, ConnectionsBeyondTheBoundWaitTheirTurn) {
  HttpOptions options = Server::quick();
  options.connections_max = 2;
  Server server(options);
  Client first = server.connect();
  first.send(get("/page"));
  EXPECT_EQ(first.receive().status, 200);
  {
    Client second = server.connect();
    second.send(get("/page"));
    EXPECT_EQ(second.receive().status, 200);
  }
  Client third = server.connect();
  third.send(get("/page"));
  EXPECT_EQ(third.receive().status, 200);
}

TEST(HttpServer, SeveralThreadsShareOnePort) {
  HttpOptions options = Server::quick();
  options.io_threads = 3;
  Server server(options);
  for (int i = 0; i < 60; ++i) {
    Client client = server.connect();
    client.send(get(i % 2 == 0 ? "/page" : "/echo"));
    EXPECT_EQ(client.receive().status, 200);
  }
}

TEST(HttpServer, TakenAndUnreadableAddressesAreRefused) {
  Server server;
  HttpOptions options = Server::quick();
  options.address = server.server.address();
  HttpServer second(server.application, options);
  const auto taken = second.start();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, base::Kind::unavailable);
  for (const char* address : {"", "8080", "localhost:80", "127.0.0.1:", "127.0.0.1:65536", "::1:80",
                              "[127.0.0.1]:80", "127.0.0.1:x"}) {
    options.address = address;
    HttpServer other(server.application, options);
    const auto started = other.start();
    ASSERT_FALSE(started) << address;
    EXPECT_EQ(started.error().kind, base::Kind::invalid) << address;
  }
}

}  // namespace
}  // namespace transports::testing
