// The pure parts: the end of a head, hosts, entity tags, dates. And one property over many
// generated heads: the strict reading and the library's reading name the same fields.
#include "transports/http_framing.h"

#include <array>
#include <random>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <gtest/gtest.h>

#include "transports/http_answer.h"
#include "transports/http_head.h"

namespace transports {
namespace {

TEST(HttpFraming, FindsTheEndOfAHeadFromAnyPlace) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    const HeadEnd before = find_head_end(std::string_view(head).substr(0, cut), 0);
    EXPECT_EQ(before.length, 0u);
    EXPECT_FALSE(before.refusal);
    EXPECT_EQ(find_head_end(head + "body", cut).length, head.size()) << cut;
  }
}

TEST(HttpFraming, ControlBytesAreSeenWhereverTheyStand) {
  for (std::size_t at = 0; at < 24; ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text(24, 'x');
      text[at] = static_cast<char>(byte);
      // A CR is wrong only once something else follows it.
      const bool fits =
          (byte >= 0x20 && byte != 0x7f) || byte == '\t' || (byte == '\r' && at == 23);
      EXPECT_EQ(find_head_end(text, 0).refusal.has_value(), !fits) << byte << " at " << at;
    }
  }
}

TEST(HttpFraming, Hosts) {
  const auto host = [](std::string_view value) {
    return std::string(host_without_port(value).value_or("-"));
  };
  EXPECT_EQ(host("a.example"), "a.example");
  EXPECT_EQ(host("A.example:8080"), "A.example");
  EXPECT_EQ(host("a.example."), "a.example");
  EXPECT_EQ(host("a.example.:80"), "a.example");
  EXPECT_EQ(host("under_score.localhost"), "under_score.localhost");
  EXPECT_EQ(host("127.0.0.1:80"), "127.0.0.1");
  EXPECT_EQ(host("[::1]"), "[::1]");
  EXPECT_EQ(host("[::ffff:127.0.0.1]:80"), "[::ffff:127.0.0.1]");
  for (const char* bad :
       {"",  ":80", ".",     "a..b",   ".a",        "a b",   "a/",    "a:b", "a:1:2", "a:123456",
        "[", "[]",  "[]:80", "[::1]x", "[::1]x:80", "[g::]", "a%20b", "a,b", "a..",   "-:"}) {
    EXPECT_EQ(host(bad), "-") << bad;
  }
}

TEST(HttpAnswer, EntityTags) {
  EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("\"a\"", "W/\"a\""));
  EXPECT_TRUE(names_etag("*", "\"a\""));
  EXPECT_TRUE(names_etag("\"b,\" , ,W/\"c\",\"a\"", "\"a\""));
  EXPECT_FALSE(names_etag("", "\"a\""));
  EXPECT_FALSE(names_etag("\"b,\"a\"", "\"a\""));
  EXPECT_FALSE(names_etag("a", "\"a\""));
  EXPECT_FALSE(names_etag("\"a", "\"a\""));
  EXPECT_FALSE(names_etag("\"aa\"", "\"a\""));
  EXPECT_FALSE(names_etag("w/\"a\"", "\"a\""));
  EXPECT_FALSE(names_etag("W/", "\"a\""));
}

TEST(HttpAnswer, ConnectionIsTheLastHeader) {
  EXPECT_EQ(with_connection("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", "close"),
            "HTTP/1.1 200 OK\r\nA: b\r\nConnection: close\r\n\r\nbody");
}

TEST(HttpAnswer, Dates) {
  using namespace std::chrono;
  EXPECT_EQ(http_date(sys_seconds(seconds(784111777))), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(sys_days(2027y / May / 30) + 23h + 30min), "Sun, 30 May 2027 23:30:00 GMT");
}

constexpr std::string_view zero_byte("\0", 1);

// What damages a head, or mends it again.
constexpr std::array<std::string_view, 32> likely_pieces = {"GET",
                                                            "POST",
                                                            " ",
                                                            "/",
                                                            "/a?b",
                                                            "HTTP/1.1",
                                                            "HTTP/1.0",
                                                            "\r\n",
                                                            "\r\n",
                                                            "\r\n\r\n",
                                                            "\r",
                                                            "\n",
                                                            "Host",
                                                            "Content-Length",
                                                            "Transfer-Encoding",
                                                            "Connection",
                                                            "Expect",
                                                            ":",
                                                            ": ",
                                                            " :",
                                                            "chunked",
                                                            "close",
                                                            "100-continue",
                                                            "3",
                                                            "0",
                                                            ",",
                                                            ";",
                                                            "\t",
                                                            "a.example",
                                                            zero_byte,
                                                            "\xff",
                                                            "X"};

// Heads made of likely and unlikely pieces. Whatever passes our checks must be read alike by the
// library.
TEST(HttpFraming, WhatPassesIsReadAlikeByTheLibrary) {
  const std::string good =
      "GET / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 3\r\nX: y, z\r\nConnection: "
      "close\r\n\r\n";
  std::mt19937 random(20270530);  // NOLINT: the same heads every time
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  std::size_t passed = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string head = good;
    for (std::size_t i = below(4); i > 0; --i) {
      head.replace(below(head.size()), below(4), likely_pieces[below(likely_pieces.size())]);
    }
    const HeadEnd end = find_head_end(head, 0);
    if (end.length == 0) continue;
    head.resize(end.length);
    if (check_head(head)) continue;
    ++passed;
    std::vector<FieldView> fields;
    HeadParser parser(fields);
    boost::beast::error_code code;
    parser.put(boost::asio::buffer(head), code);
    if (code) continue;  // the library is stricter still: refused all the same
    std::string again(parser.method());
    again.append(" ").append(parser.target());
    EXPECT_TRUE(head.starts_with(again)) << head;
    std::size_t lines = 0;
    for (std::size_t at = head.find("\r\n"); at != std::string::npos;
         at = head.find("\r\n", at + 2)) {
      ++lines;
    }
    EXPECT_EQ(fields.size() + 2, lines) << head;
    const auto facts = read_facts(parser.version(), fields);
    const HeadFacts* read = std::get_if<HeadFacts>(&facts);
    if (read == nullptr) continue;
    EXPECT_EQ(parser.chunked(), read->body == HeadFacts::Body::chunked) << head;
    EXPECT_EQ(parser.content_length().value_or(0), read->body_bytes) << head;
  }
  EXPECT_GT(passed, 1000u);
}

}  // namespace
}  // namespace transports
