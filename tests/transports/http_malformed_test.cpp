// Requests that two readers could frame differently, and others that are plainly wrong: each is
// refused with its status, and the connection ends, so that nothing behind it is ever taken for a
// request.
#include <ostream>

#include <gtest/gtest.h>

#include "tests/transports/http_fixture.h"

namespace transports::testing {
namespace {

struct Wrong {
  const char* name;
  std::string bytes;
  int status;
  friend std::ostream& operator<<(std::ostream& out, const Wrong& wrong) {
    return out << wrong.name;
  }
};

std::string with(std::string_view header) {
  return get("/echo", std::string(header) + "\r\n");
}

std::string with_body(std::string_view headers, std::string_view body) {
  return "POST /echo HTTP/1.1\r\nHost: site.example\r\n" + std::string(headers) + "\r\n" +
         std::string(body);
}

std::string chunked(std::string_view body) {
  return with_body("Transfer-Encoding: chunked\r\n", body);
}

std::string line(std::string_view request_line) {
  return std::string(request_line) + "\r\nHost: site.example\r\n\r\n";
}

std::string host(std::string_view value) {
  return "GET /echo HTTP/1.1\r\nHost: " + std::string(value) + "\r\n\r\n";
}

std::string many_headers(std::size_t count) {
  std::string headers;
  for (std::size_t i = 0; i < count; ++i) headers += "A: b\r\n";
  return get("/echo", headers);
}

using namespace std::string_literals;

const std::vector<Wrong> wrong_lines = {
    {"no target", line("GET HTTP/1.1"), 400},
    {"no version", line("GET /echo"), 400},
    {"only a method", line("GET"), 400},
    {"empty line twice", "\r\n\r\nGET /echo HTTP/1.1\r\nHost: site.example\r\n\r\n", 400},
    {"two spaces after the method", line("GET  /echo HTTP/1.1"), 400},
    {"two spaces before the version", line("GET /echo  HTTP/1.1"), 400},
    {"space in the target", line("GET /echo more HTTP/1.1"), 400},
    {"space after the version", line("GET /echo HTTP/1.1 "), 400},
    {"leading space", line(" GET /echo HTTP/1.1"), 400},
    {"tab for a space", line("GET\t/echo HTTP/1.1"), 400},
    {"method is no token", line("G(T /echo HTTP/1.1"), 400},
    {"absolute target", line("GET http://site.example/echo HTTP/1.1"), 400},
    {"authority target", line("CONNECT site.example:443 HTTP/1.1"), 400},
    {"asterisk target", line("OPTIONS * HTTP/1.1"), 400},
    {"relative target", line("GET echo HTTP/1.1"), 400},
    {"fragment in the target", line("GET /echo#part HTTP/1.1"), 400},
    {"not ASCII in the target", line("GET /\xc3\xa9 HTTP/1.1"), 400},
    {"NUL in the target", line("GET /a\0b HTTP/1.1"s), 400},
    {"DEL in the target", line("GET /a\x7f HTTP/1.1"), 400},
    {"HTTP/2.0", line("GET /echo HTTP/2.0"), 505},
    {"HTTP/1.2", line("GET /echo HTTP/1.2"), 505},
    {"HTTP/0.9 spelled out", line("GET /echo HTTP/0.9"), 505},
    {"version of two digits", line("GET /echo HTTP/1.10"), 400},
    {"version in lower case", line("GET /echo http/1.1"), 400},
    {"version without a dot", line("GET /echo HTTP/11"), 400},
    {"start of a TLS greeting", "\x16\x03\x01\x02"s, 400},
    {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
};

const std::vector<Wrong> wrong_heads = {
    {"bare LF ends the request line", "GET /echo HTTP/1.1\nHost: site.example\r\n\r\n", 400},
    {"bare LF ends a header", "GET /echo HTTP/1.1\r\nHost: site.example\nA: b\r\n\r\n", 400},
    {"bare LF ends the head", "GET /echo HTTP/1.1\r\nHost: site.example\r\n\n", 400},
    {"bare CR in a header", with("A: b\rc"), 400},
    {"two CR at a line's end", with("A: b\r"), 400},
    {"NUL in a header", with("A: b\0c"s), 400},
    {"control byte in a header", with("A: b\x01"), 400},
    {"header goes on in the next line", with("A: b\r\n c"), 400},
    {"header goes on after a tab", with("A: b\r\n\tc"), 400},
    {"first header is indented", "GET /echo HTTP/1.1\r\n Host: site.example\r\n\r\n", 400},
    {"space before the colon", with("A : b"), 400},
    {"tab before the colon", with("A\t: b"), 400},
    {"header without a colon", with("nonsense"), 400},
    {"header without a name", with(": b"), 400},
    {"header name in brackets", with("A[0]: b"), 400},
    {"header name not ASCII", with("\xc3\xa9: b"), 400},
    {"a hundred and one headers", many_headers(100), 431},
    {"a head of 9 KiB", with("A: " + std::string(9216, 'b')), 431},
    {"a target of 9 KiB", get("/" + std::string(9216, 'b')), 431},
    {"no Host", "GET /echo HTTP/1.1\r\nA: b\r\n\r\n", 400},
    {"no header at all", "GET /echo HTTP/1.1\r\n\r\n", 400},
    {"Host twice", with("Host: site.example"), 400},
    {"Host twice, differently", with("Host: other.example"), 400},
    {"empty Host", host(""), 400},
    {"Host with a space", host("site.example other"), 400},
    {"Host with a slash", host("site.example/"), 400},
    {"Host with a user", host("me@site.example"), 400},
    {"Host list", host("site.example, other.example"), 400},
    {"Host not ASCII", host("s\xc3\xaete.example"), 400},
    {"Host with a wordy port", host("site.example:http"), 400},
    {"Host with an empty port", host("site.example:"), 400},
    {"Host with two ports", host("site.example:80:80"), 400},
    {"Host with an empty label", host("site..example"), 400},
    {"Host of a dot", host("."), 400},
    {"Host with an open bracket", host("[::1"), 400},
    {"Host with words in brackets", host("[site]"), 400},
    {"Host of 300 bytes", host(std::string(300, 'a')), 400},
    {"unknown expectation", with("Expect: 200-ok"), 417},
    {"list of expectations", with("Expect: 100-continue, more"), 417},
};

const std::vector<Wrong> wrong_bodies = {
    {"length, then chunked",
     with_body("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"chunked, then length",
     with_body("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
    {"chunked and length zero",
     with_body("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"chunked in HTTP/1.0",
     "POST /echo HTTP/1.0\r\nHost: site.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     400},
    {"coding identity", with_body("Transfer-Encoding: identity\r\n", "abc"), 400},
    {"coding gzip", with_body("Transfer-Encoding: gzip\r\n", "abc"), 400},
    {"gzip and chunked", with_body("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
    {"chunked and gzip", with_body("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 400},
    {"chunked in one list twice", with_body("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
     400},
    {"chunked twice",
     with_body("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"gzip, and chunked on its own",
     with_body("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"chunked with a parameter", with_body("Transfer-Encoding: chunked;a=b\r\n", "0\r\n\r\n"), 400},
    {"chunked in quotes", with_body("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400},
    {"chunked after a vertical tab",
     with_body("Transfer-Encoding: \x0b"
               "chunked\r\n",
               "0\r\n\r\n"),
     400},
    {"empty coding", with_body("Transfer-Encoding:\r\n", ""), 400},
    {"length twice, equal", with_body("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400},
    {"length twice, different", with_body("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"),
     400},
    {"length list", with_body("Content-Length: 3, 3\r\n", "abc"), 400},
    {"length with plus", with_body("Content-Length: +3\r\n", "abc"), 400},
    {"length with minus", with_body("Content-Length: -3\r\n", "abc"), 400},
    {"length with an inner space", with_body("Content-Length: 3 0\r\n", "abc"), 400},
    {"length in hexadecimal", with_body("Content-Length: 0x3\r\n", "abc"), 400},
    {"length with a fraction", with_body("Content-Length: 3.0\r\n", "abc"), 400},
    {"empty length", with_body("Content-Length:\r\n", ""), 400},
    {"length beyond 64 bits", with_body("Content-Length: 18446744073709551617\r\n", "a"), 400},
    {"length over the limit", with_body("Content-Length: 65537\r\n", "abc"), 413},
    {"length of a terabyte", with_body("Content-Length: 1099511627776\r\n", "abc"), 413},
    {"chunk without a size", chunked("\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size is no number", chunked("xyz\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size with plus", chunked("+3\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size with 0x", chunked("0x3\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size negative", chunked("-3\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size after a space", chunked(" 3\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size before a space", chunked("3 \r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size beyond 64 bits", chunked("10000000000000003\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size and bare LF", chunked("3\nabc\r\n0\r\n\r\n"), 400},
    {"chunk size and bare CR", chunked("3\rabc\r\n0\r\n\r\n"), 400},
    {"chunk longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n"), 400},
    {"chunk without its line end", chunked("3\r\nabc0\r\n\r\n"), 400},
    {"chunk over the limit", chunked("10001\r\n"), 413},
    {"chunk extension with a bare LF", chunked("3;a=\"\n\"\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk extension not ASCII", chunked("3;a=\"\xc3\xa9\"\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk extension without a name", chunked("3;=b\r\nabc\r\n0\r\n\r\n"), 400},
    {"chunk extension without an end", chunked("3;" + std::string(9000, 'a')), 400},
    {"trailer frames the body", chunked("0\r\nContent-Length: 3\r\n\r\n"), 400},
    {"trailer codes the body", chunked("0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400},
    {"trailer without a colon", chunked("0\r\nnonsense\r\n\r\n"), 400},
    {"trailer with a bare LF", chunked("0\r\nA: b\nC: d\r\n\r\n"), 400},
};

class Malformed : public ::testing::TestWithParam<Wrong> {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<Server>(); }
  static void TearDownTestSuite() { server_.reset(); }
  static std::unique_ptr<Server> server_;
};
std::unique_ptr<Server> Malformed::server_;

TEST_P(Malformed, IsRefusedAndTheConnectionEnds) {
  Client client = server_->connect();
  // What follows must never be answered.
  client.send(GetParam().bytes + get("/page"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, GetParam().status) << answer.body;
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_TRUE(client.closed());
}

INSTANTIATE_TEST_SUITE_P(Lines, Malformed, ::testing::ValuesIn(wrong_lines));
INSTANTIATE_TEST_SUITE_P(Heads, Malformed, ::testing::ValuesIn(wrong_heads));
INSTANTIATE_TEST_SUITE_P(Bodies, Malformed, ::testing::ValuesIn(wrong_bodies));

}  // namespace
}  // namespace transports::testing
