#include "base/http.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using std::string_view_literals::operator""sv;

RequestHead with(std::vector<Header> headers, std::string query = {}) {
  RequestHead head;
  head.headers = std::move(headers);
  head.query = std::move(query);
  return head;
}

TEST(Http, methods_are_read_and_named) {
  for (const std::string_view name : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    EXPECT_NE(method_from(name), Method::other) << name;
    EXPECT_EQ(name_of(method_from(name)), name);
  }
  EXPECT_EQ(method_from("get"), Method::other);  // RFC 9110 §9.1: case-sensitive
  EXPECT_EQ(method_from("TRACE"), Method::other);
  EXPECT_EQ(method_from(""), Method::other);
}

TEST(Http, headers_are_found_in_any_case) {
  const auto head = with({{"Host", "a"}, {"X-Service-KEY", "first"}, {"x-service-key", "second"}});
  EXPECT_EQ(head.header("x-SERVICE-key"), "first");
  EXPECT_EQ(head.count("x-service-key"), 2u);
  EXPECT_EQ(head.header("absent"), std::nullopt);
  EXPECT_EQ(head.count("absent"), 0u);
}

TEST(Http, parameters_are_decoded) {
  const auto head = with({}, "from=2027-05-01&to=&name=Dana+W%C3%A9&a%20b=1&flag&bad=%zz&bin=%ff&");
  struct Case {
    std::string_view name;
    std::optional<std::string> value;
  };
  const std::vector<Case> cases{
      {"from", "2027-05-01"},
      {"to", ""},
      {"name", "Dana W\xC3\xA9"},
      {"a b", "1"},
      {"flag", ""},
      {"bad", std::nullopt},
      {"bin", std::nullopt},
      {"absent", std::nullopt},
      {"", std::nullopt},
      {"From", std::nullopt},
  };
  for (const Case& one : cases) EXPECT_EQ(head.parameter(one.name), one.value) << one.name;
}

TEST(Http, cookies_are_read_as_browsers_and_others_write_them) {
  const auto head =
      with({{"Cookie", "a=1; __Host-crew=x=y;b=\"q\" ; empty=; lone"}, {"cookie", "c=2;a=9"}});
  struct Case {
    std::string_view name;
    std::optional<std::string> value;
  };
  const std::vector<Case> cases{
      {"a", "1"}, {"__Host-crew", "x=y"}, {"b", "q"},          {"empty", ""}, {"lone", ""},
      {"c", "2"}, {"d", std::nullopt},    {"A", std::nullopt},
  };
  for (const Case& one : cases) EXPECT_EQ(head.cookie(one.name), one.value) << one.name;
  EXPECT_EQ(RequestHead{}.cookie("a"), std::nullopt);
}

TEST(Http, set_replaces_and_add_keeps) {
  Response response;
  response.set("Location", "/a").add("Set-Cookie", "a=1").add("Set-Cookie", "b=2");
  response.set("location", "/b");
  EXPECT_EQ(response.header("LOCATION"), "/b");
  EXPECT_EQ(response.headers.size(), 3u);
  EXPECT_EQ(response.status, 200);
}

TEST(Http, a_header_that_would_split_the_answer_is_dropped) {
  struct Case {
    std::string_view name;
    std::string_view value;
  };
  const std::vector<Case> cases{
      {"Location", "/a\r\nSet-Cookie: x=1"},
      {"Location", "/a\n"},
      {"Location", "/a\rb"},
      {"Location", "/a\0b"sv},
      {"Loca tion", "/a"},
      {"Location:", "/a"},
      {"", "/a"},
      {"A\r\nB", "/a"},
  };
  for (const Case& one : cases) {
    Response by_set;
    by_set.set(one.name, one.value);
    EXPECT_EQ(by_set.status, 500) << one.value;
    EXPECT_TRUE(by_set.headers.empty()) << one.value;
    Response by_add;
    by_add.add(one.name, one.value);
    EXPECT_EQ(by_add.status, 500) << one.value;
    EXPECT_TRUE(by_add.headers.empty()) << one.value;
  }
}

constexpr std::string_view date = "Sun, 30 May 2027 23:30:00 GMT";

TEST(Http, an_answer_has_exactly_these_bytes) {
  const Response response{201, {{"Content-Type", "application/json"}}, "{\"a\":1}"};
  const std::string head =
      "HTTP/1.1 201 Created\r\nDate: Sun, 30 May 2027 23:30:00 GMT\r\n"
      "Content-Type: application/json\r\nContent-Length: 7\r\n";
  EXPECT_EQ(serialised(response, date), head + "\r\n{\"a\":1}");
  EXPECT_EQ(serialised(response, date, AnswerTo::head), head + "\r\n");
  EXPECT_EQ(serialised(response, date, AnswerTo::get, Afterwards::close),
            head + "Connection: close\r\n\r\n{\"a\":1}");
}

TEST(Http, statuses_without_content_carry_none) {
  struct Case {
    int status;
    std::string_view line;
  };
  for (const Case& one : {Case{204, "204 No Content"}, Case{304, "304 Not Modified"}}) {
    const Response response{one.status, {{"ETag", "\"1\""}}, "must not be sent"};
    EXPECT_EQ(serialised(response, date), "HTTP/1.1 " + std::string(one.line) + "\r\nDate: " +
                                              std::string(date) + "\r\nETag: \"1\"\r\n\r\n");
  }
}

TEST(Http, an_empty_body_has_a_length) {
  EXPECT_EQ(
      serialised({404, {}, ""}, date),
      "HTTP/1.1 404 Not Found\r\nDate: " + std::string(date) + "\r\nContent-Length: 0\r\n\r\n");
}

TEST(Http, framing_and_unsafe_headers_put_in_by_hand_are_not_sent) {
  const Response response{200,
                          {{"Content-Length", "99"},
                           {"transfer-encoding", "chunked"},
                           {"connection", "keep-alive"},
                           {"date", "yesterday"},
                           {"X-A", "a\r\nX-B: b"},
                           {"X-C", "c"}},
                          "ab"};
  EXPECT_EQ(serialised(response, date), "HTTP/1.1 200 OK\r\nDate: " + std::string(date) +
                                            "\r\nX-C: c\r\nContent-Length: 2\r\n\r\nab");
}

TEST(Http, a_status_out_of_range_is_500) {
  for (const int status : {-1, 0, 99, 1000})
    EXPECT_TRUE(
        serialised({status, {}, ""}, date).starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
}

TEST(Http, every_status_in_use_has_a_reason) {
  for (const int status : {200, 201, 204, 303, 304, 308, 400, 401, 403, 404, 405, 408, 409,
                           411, 412, 413, 415, 421, 422, 428, 429, 431, 500, 501, 503, 505})
    EXPECT_NE(reason_of(status), "Unknown") << status;
  EXPECT_EQ(reason_of(799), "Unknown");
}

TEST(Http, forms_are_read_whole_or_not_at_all) {
  const auto pairs = parse_form("done=true&note=two+words%0Aand+a+line&&x&=y");
  ASSERT_TRUE(pairs);
  std::vector<std::string> seen;
  for (const Header& one : *pairs) seen.push_back(one.name + "|" + one.value);
  EXPECT_EQ(seen,
            (std::vector<std::string>{"done|true", "note|two words\nand a line", "x|", "|y"}));
  EXPECT_TRUE(parse_form("")->empty());
  EXPECT_FALSE(parse_form("a=1&b=%"));
  EXPECT_FALSE(parse_form("a%=1"));
  EXPECT_FALSE(parse_form("a=%ff"));  // not UTF-8
}

}  // namespace
}  // namespace base
