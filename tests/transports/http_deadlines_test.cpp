// Slow and idle clients, and a server that stops.
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "tests/transports/http_fixture.h"

namespace transports::testing {
namespace {

HttpOptions impatient() {
  HttpOptions options = Server::quick();
  options.limits.head = 300ms;
  options.limits.request = 600ms;
  options.limits.idle = 400ms;
  options.limits.write = 300ms;
  options.limits.write_bytes_per_second_min = std::size_t{1} << 30;
  return options;
}

std::chrono::milliseconds since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               begin);
}

TEST(HttpDeadlines, AHeadThatDripsIsCut) {
  Server server(impatient());
  Client client = server.connect();
  const auto begin = std::chrono::steady_clock::now();
  const std::string head = get("/page", "X-Filler: " + std::string(200, 'x') + "\r\n");
  for (const char byte : head) {
    if (since(begin) > 500ms) break;
    client.send(std::string_view(&byte, 1));
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_TRUE(client.closed());
  EXPECT_LT(since(begin), 2s);
}

TEST(HttpDeadlines, AConnectionWithoutAnyByteIsClosedInSilence) {
  Server server(impatient());
  Client client = server.connect();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(client.closed());
  EXPECT_GE(since(begin), 250ms);
}

TEST(HttpDeadlines, ASecondHeadHasItsOwnDeadline) {
  Server server(impatient());
  Client client = server.connect();
  client.send(get("/page"));
  EXPECT_EQ(client.receive().status, 200);
  std::this_thread::sleep_for(200ms);
  client.send("GET /pa");
  std::this_thread::sleep_for(200ms);
  client.send("ge HTTP/1.1\r\nHost: site.example\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
  client.send("GET /pa");
  EXPECT_EQ(client.receive().status, 408);
}

TEST(HttpDeadlines, AHalfHeadBehindARequestIsCutToo) {
  Server server(impatient());
  Client client = server.connect();
  client.send(get("/page") + "GET /pa");
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_TRUE(client.closed());
}

TEST(HttpDeadlines, ABodyThatDripsIsCut) {
  Server server(impatient());
  Client client = server.connect();
  const auto begin = std::chrono::steady_clock::now();
  client.send("POST /echo HTTP/1.1\r\nHost: site.example\r\nContent-Length: 500\r\n\r\n");
  for (int i = 0; i < 80 && since(begin) < 900ms; ++i) {
    client.send("x");
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_TRUE(client.closed());
  EXPECT_GE(since(begin), 550ms);
}

TEST(HttpDeadlines, IdleConnectionsEnd) {
  Server server(impatient());
  Client client = server.connect();
  client.send(get("/page"));
  EXPECT_EQ(client.receive().status, 200);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(client.closed());
  EXPECT_GE(since(begin), 300ms);
  EXPECT_LT(since(begin), 2s);
}

TEST(HttpDeadlines, ARunningHandlerIsNotCut) {
  Server server(impatient());
  Client client = server.connect();
  client.send(get("/gate"));
  std::this_thread::sleep_for(900ms);
  server.application.open_gate();
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpDeadlines, AClientThatDoesNotReadIsCut) {
  Server server(impatient());
  Client client = server.connect();
  std::string requests;
  for (int i = 0; i < 4; ++i) requests += get("/big");
  client.send(requests);
  std::this_thread::sleep_for(900ms);
  int whole = 0;
  while (client.receive().status == 200) ++whole;
  EXPECT_LT(whole, 4);
}

TEST(HttpDeadlines, DrainingARefusedBodyEnds) {
  Server server(impatient());
  Client client = server.connect();
  client.send("POST /small HTTP/1.1\r\nHost: site.example\r\nContent-Length: 9999999\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
  const auto begin = std::chrono::steady_clock::now();
  while (since(begin) < 3s && client.send(std::string(1000, 'x'))) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_LT(since(begin), 2s);
}

TEST(HttpStop, FinishesWhatRunsAndEndsWhatIsIdle) {
  Server server;
  Client running = server.connect();
  running.send(get("/gate"));
  Client idle = server.connect();
  idle.send(get("/page"));
  EXPECT_EQ(idle.receive().status, 200);
  server.application.wait_for_guests(1);
  auto stopped = std::async(std::launch::async, [&] { server.server.stop(10s); });
  EXPECT_TRUE(idle.closed());
  EXPECT_EQ(stopped.wait_for(200ms), std::future_status::timeout);
  server.application.open_gate();
  const Answer answer = running.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(running.closed());
  EXPECT_EQ(stopped.wait_for(5s), std::future_status::ready);
}

TEST(HttpStop, ARequestHalfwayInIsStillTaken) {
  Server server;
  Client client = server.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: site.example\r\nContent-Length: 4\r\n\r\nha");
  std::this_thread::sleep_for(100ms);
  auto stopped = std::async(std::launch::async, [&] { server.server.stop(10s); });
  std::this_thread::sleep_for(100ms);
  client.send("lf");
  EXPECT_EQ(client.receive().body, "POST site.example/echo? half");
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(stopped.wait_for(5s), std::future_status::ready);
}

TEST(HttpStop, CutsWhatOutlastsTheGrace) {
  Server server;
  Client slow = server.connect();
  slow.send("POST /echo HTTP/1.1\r\nHost: site.example\r\nContent-Length: 4\r\n\r\nha");
  Client unread = server.connect();
  unread.send(get("/big"));
  std::this_thread::sleep_for(100ms);
  const auto begin = std::chrono::steady_clock::now();
  server.server.stop(200ms);
  EXPECT_GE(since(begin), 150ms);
  EXPECT_LT(since(begin), 2s);
  EXPECT_EQ(slow.receive().status, 0);
}

TEST(HttpStop, WaitsForAHandlerEvenAfterTheGrace) {
  HttpOptions options = Server::quick();
  options.workers = 1;
  Server server(options);
  Client running = server.connect();
  running.send(get("/gate"));
  server.application.wait_for_guests(1);
  Client waiting = server.connect();
  waiting.send(get("/gate"));
  std::this_thread::sleep_for(50ms);
  auto stopped = std::async(std::launch::async, [&] { server.server.stop(100ms); });
  EXPECT_EQ(stopped.wait_for(400ms), std::future_status::timeout);
  server.application.open_gate();
  EXPECT_EQ(stopped.wait_for(5s), std::future_status::ready);
  server.server.stop(1s);  // again: nothing
}

TEST(HttpStop, ThePortIsFreeAfterwards) {
  Server server;
  HttpOptions options = Server::quick();
  options.address = server.server.address();
  server.server.stop(1s);
  HttpServer second(server.application, options);
  EXPECT_TRUE(second.start());
}

}  // namespace
}  // namespace transports::testing
