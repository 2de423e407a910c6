// Bodies that are handed on as they arrive: whole and in order, at any cut, in flat memory, and
// without a trace when they break off.
#include <thread>

#include <gtest/gtest.h>

#include "transports/http_buffers.h"

#include "tests/transports/http_fixture.h"

namespace transports::testing {
namespace {

std::string bytes_of(std::size_t count) {
  std::string bytes(count, '\0');
  std::uint32_t value = 20270530;
  for (char& byte : bytes) byte = static_cast<char>((value = value * 1664525 + 1013904223) >> 24);
  return bytes;
}

std::string chunked(std::string_view path, std::string_view body, std::size_t chunk) {
  std::string bytes = "POST " + std::string(path) +
                      " HTTP/1.1\r\nHost: site.example\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (; !body.empty(); body.remove_prefix(std::min(chunk, body.size()))) {
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", std::min(chunk, body.size()));
    bytes.append(size).append(body.substr(0, chunk)).append("\r\n");
  }
  return bytes + "0\r\nX-Sum: 1\r\n\r\n";
}

TEST(HttpStream, BodiesOfAnyLengthArriveWholeAndTheConnectionStays) {
  Server server;
  Client client = server.connect();
  const std::size_t small = small_block_bytes;
  const std::size_t large = large_block_bytes;
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, small - 1, small, small + 1,
                                   large - 1, large, large + 1, 3 * large + 17, 40 * large + 1}) {
    const std::string body = bytes_of(length);
    client.send(post("/stream", body));
    EXPECT_EQ(client.receive().body, stream_answer(body)) << length;
  }
  EXPECT_EQ(server.application.streams.opened, 10);
  EXPECT_EQ(server.application.streams.finished, 10);
  EXPECT_LE(server.application.streams.longest_piece, large);
  EXPECT_TRUE(eventually([&] { return server.application.streams.gone == 10; }));
}

// Where a worker reads on by itself.
TEST(HttpStream, AFaultDeepInsideABodyIsRefusedAndTheStreamAbandoned) {
  Server server;
  const std::string body = bytes_of(20 * large_block_bytes);
  const std::string whole = chunked("/stream", body, 50'000);
  Client client = server.connect();
  std::thread sender([&] {
    client.send(std::string_view(whole).substr(0, whole.size() - 200'000));
    client.send("zz\r\n" + std::string(100'000, 'x'));
  });
  EXPECT_EQ(client.receive().status, 400);
  sender.join();
  EXPECT_TRUE(eventually([&] { return server.application.streams.gone == 1; }));
  EXPECT_EQ(server.application.streams.finished, 0);
}

TEST(HttpStream, ChunksOfAnyLengthArriveWhole) {
  Server server;
  Client client = server.connect();
  const std::string body = bytes_of(600'000);
  for (const std::size_t chunk : {std::size_t{777}, std::size_t{8190}, std::size_t{500'000}}) {
    client.send(chunked("/stream", body, chunk));
    EXPECT_EQ(client.receive().body, stream_answer(body)) << chunk;
  }
  const std::string_view start = std::string_view(body).substr(0, 3000);
  client.send(chunked("/stream", start, 1));
  EXPECT_EQ(client.receive().body, stream_answer(start));
}

TEST(HttpStream, ArrivesAlikeHoweverItIsCut) {
  Server server;
  const std::string body = bytes_of(40);
  const std::string all = chunked("/stream", body, 7) + post("/stream", body) + get("/page");
  for (std::size_t cut = 1; cut < all.size(); cut += 2) {
    Client client = server.connect();
    client.send(std::string_view(all).substr(0, cut));
    std::this_thread::sleep_for(1ms);
    client.send(std::string_view(all).substr(cut));
    EXPECT_EQ(client.receive().body, stream_answer(body)) << cut;
    EXPECT_EQ(client.receive().body, stream_answer(body)) << cut;
    EXPECT_EQ(client.receive().status, 200) << cut;
  }
}

TEST(HttpStream, WhatIsPipelinedBehindABodyWaits) {
  Server server;
  Client client = server.connect();
  const std::string body = bytes_of(300'000);
  std::string all;
  for (int i = 0; i < 4; ++i) {
    all += chunked("/stream", body, 100'000) + post("/stream", body) + get("/page");
  }
  for (int i = 0; i < 2000; ++i) all += get("/page");
  std::thread sender([&] { client.send(all); });
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(client.receive().body, stream_answer(body));
    EXPECT_EQ(client.receive().body, stream_answer(body));
    EXPECT_EQ(client.receive().status, 200);
  }
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(client.receive().status, 200);
  sender.join();
}

TEST(HttpStream, IsAskedBeforeTheBodyIsSent) {
  Server server;
  const std::string expecting =
      " HTTP/1.1\r\nHost: site.example\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
  Client wanted = server.connect();
  wanted.send("POST /stream" + expecting);
  EXPECT_EQ(wanted.receive().status, 100);
  wanted.send("abc");
  EXPECT_EQ(wanted.receive().body, stream_answer("abc"));
  Client unwanted = server.connect();
  unwanted.send("POST /stream/refused" + expecting);
  const Answer refused = unwanted.receive();
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.header("Connection"), "close");
  EXPECT_TRUE(unwanted.closed());
}

TEST(HttpStream, AnEarlyAnswerIsReadWhileTheClientStillSends) {
  HttpOptions options = Server::quick();
  options.limits.linger = 2s;
  Server server(options);
  for (const char* path : {"/stream/early", "/stream/refused", "/stream/throws"}) {
    Client client = server.connect();
    client.send("POST " + std::string(path) +
                " HTTP/1.1\r\nHost: site.example\r\nContent-Length: 9999999\r\n\r\n");
    for (int i = 0; i < 20; ++i) {
      EXPECT_TRUE(client.send(std::string(std::size_t{64} * 1024, 'x')));
      std::this_thread::sleep_for(5ms);
    }
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, path == std::string("/stream/early")     ? 409
                             : path == std::string("/stream/refused") ? 403
                                                                      : 500);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.closed());
  }
  EXPECT_TRUE(eventually([&] { return server.application.streams.gone == 2; }));
  EXPECT_EQ(server.application.streams.finished, 0);
}

TEST(HttpStream, AnEarlyAnswerToABodyThatIsThereKeepsTheConnection) {
  Server server;
  Client client = server.connect();
  client.send(post("/stream/early", std::string(2000, 'x')) + get("/page"));
  EXPECT_EQ(client.receive().status, 409);
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpStream, WhatBreaksOffIsAbandonedAtOnce) {
  Server server;
  const std::string half = post("/stream", bytes_of(100'000)).substr(0, 50'000);
  Client reset = server.connect();
  reset.send(half);
  EXPECT_TRUE(eventually([&] { return server.application.streams.opened == 1; }));
  reset.reset();
  Client ends = server.connect();
  ends.send(half);
  ends.end_sending();
  EXPECT_EQ(ends.receive().status, 400);
  Client wrong = server.connect();
  wrong.send(
      "POST /stream HTTP/1.1\r\nHost: site.example\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\nxyz\r\n");
  EXPECT_EQ(wrong.receive().status, 400);
  EXPECT_TRUE(eventually([&] { return server.application.streams.gone == 3; }));
  EXPECT_EQ(server.application.streams.finished, 0);
}

TEST(HttpStream, IsNotReadFasterThanItIsTaken) {
  Server server;
  Client client = server.connect();
  client.send(
      "POST /stream/gate HTTP/1.1\r\nHost: site.example\r\nContent-Length: 104857600\r\n\r\n");
  std::atomic<std::size_t> sent = 0;
  std::thread sender([&] {
    const std::string piece(std::size_t{1} << 20, 'x');
    while (sent < 100 && client.send(piece)) ++sent;
  });
  server.application.wait_for_guests(1);
  std::this_thread::sleep_for(300ms);
  EXPECT_LT(sent, 50u);  // what the kernel's own buffers hold, and one block of ours
  server.application.open_gate();
  EXPECT_EQ(client.receive().status, 200);
  sender.join();
}

HttpOptions impatient() {
  HttpOptions options = Server::quick();
  options.limits.request = 300ms;
  options.limits.stream_silence = 1s;
  options.limits.stream_bytes_per_second_min = 1000;
  return options;
}

TEST(HttpStream, MayTakeLongWhenItKeepsThePace) {
  Server server(impatient());
  Client client = server.connect();
  client.send("POST /stream HTTP/1.1\r\nHost: site.example\r\nContent-Length: 6000\r\n\r\n");
  for (int i = 0; i < 12; ++i) {
    std::this_thread::sleep_for(100ms);
    client.send(std::string(500, 'x'));
  }
  EXPECT_EQ(client.receive().body, stream_answer(std::string(6000, 'x')));
}

TEST(HttpStream, IsCutWhenItDripsOrFallsSilent) {
  Server server(impatient());
  Client drips = server.connect();
  Client silent = server.connect();
  const std::string head =
      "POST /stream HTTP/1.1\r\nHost: site.example\r\nContent-Length: 60000\r\n\r\n";
  drips.send(head);
  silent.send(head + std::string(5000, 'x'));
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(50ms);
    drips.send("x");
  }
  EXPECT_EQ(drips.receive().status, 408);
  EXPECT_EQ(silent.receive().status, 408);
  EXPECT_TRUE(eventually([&] { return server.application.streams.gone == 2; }));
}

TEST(HttpStream, TheTimeThatWeHoldItUpDoesNotCount) {
  Server server(impatient());
  Client client = server.connect();
  client.send("POST /stream/gate HTTP/1.1\r\nHost: site.example\r\nContent-Length: 10000\r\n\r\n" +
              std::string(9000, 'x'));
  server.application.wait_for_guests(1);
  std::this_thread::sleep_for(900ms);
  server.application.open_gate();
  std::this_thread::sleep_for(100ms);
  client.send(std::string(1000, 'x'));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpStream, MoreThanMayRunAtOnceAreTurnedAway) {
  HttpOptions options = Server::quick();
  options.streams_max = 2;
  Server server(options);
  std::vector<Client> clients;
  for (int i = 0; i < 2; ++i) {
    clients.push_back(server.connect());
    clients.back().send(
        "POST /stream HTTP/1.1\r\nHost: site.example\r\nContent-Length: 3\r\n\r\na");
  }
  EXPECT_TRUE(eventually([&] { return server.application.streams.opened == 2; }));
  Client third = server.connect();
  third.send(post("/stream", "abc"));
  const Answer answer = third.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  clients.clear();
  EXPECT_TRUE(eventually([&] { return server.application.streams.gone == 2; }));
  Client fourth = server.connect();
  fourth.send(post("/stream", "abc"));
  EXPECT_EQ(fourth.receive().body, stream_answer("abc"));
}

TEST(HttpStream, OneClientsSilentBodiesLeaveRoomForOthers) {
  HttpOptions options = Server::quick();
  options.client_streams_max = 2;
  Server server(options);
  const auto begun = [](const std::string& client) {
    return "POST /stream HTTP/1.1\r\nHost: site.example\r\nX-Client: " + client +
           "\r\nContent-Length: 3\r\n\r\na";
  };
  std::vector<Client> silent;
  for (int i = 0; i < 2; ++i) {
    silent.push_back(server.connect());
    silent.back().send(begun("marina"));
  }
  EXPECT_TRUE(eventually([&] { return server.application.streams.opened == 2; }));
  Client third = server.connect();
  third.send(begun("marina"));
  EXPECT_EQ(third.receive().status, 503);
  Client other = server.connect();
  other.send(begun("elsewhere") + "bc");
  EXPECT_EQ(other.receive().body, stream_answer("abc"));
  silent.clear();
  EXPECT_TRUE(eventually([&] { return server.application.streams.gone == 3; }));
  Client again = server.connect();
  again.send(begun("marina") + "bc");
  EXPECT_EQ(again.receive().body, stream_answer("abc"));
}

TEST(HttpStream, AStoppingServerFinishesOrAbandonsIt) {
  Server server;
  Client whole = server.connect();
  Client half = server.connect();
  const std::string request = post("/stream", bytes_of(20'000));
  whole.send(std::string_view(request).substr(0, 15'000));
  half.send(std::string_view(request).substr(0, 15'000));
  EXPECT_TRUE(eventually([&] { return server.application.streams.opened == 2; }));
  std::thread stopper([&] { server.server.stop(1s); });
  std::this_thread::sleep_for(100ms);
  whole.send(std::string_view(request).substr(15'000));
  EXPECT_EQ(whole.receive().status, 200);
  stopper.join();
  EXPECT_EQ(server.application.streams.finished, 1);
  EXPECT_EQ(server.application.streams.gone, 2);
}

}  // namespace
}  // namespace transports::testing
