// Events of API Gateway's HTTP API, payload 2.0, as requests, and responses as it wants them.
#include "transports/lambda_http.h"

#include <gtest/gtest.h>

namespace transports::testing {

using base::json::object;

namespace {

object event(const std::string& more = {}) {
  const std::string text = R"({"version":"2.0","routeKey":"$default","rawPath":"/charters/jada.a",
    "rawQueryString":"from=2027-05-01&to=2027-06-01",
    "headers":{"host":"abc.execute-api.eu-west-1.amazonaws.com","x-dashboard-token":"jada.a.b"},
    "requestContext":{"domainName":"abc.execute-api.eu-west-1.amazonaws.com",
      "http":{"method":"GET","path":"/charters/jada.a","sourceIp":"192.0.2.7"}},
    "isBase64Encoded":false)" +
                           more + "}";
  return base::parse_json_object(text).value();
}

object edge_event(const std::string& secret) {
  object made = event();
  object& headers = made["headers"].as_object();
  headers["x-fairlead-site"] = "Ops.Jada.example:443";
  headers["x-fairlead-edge"] = secret;
  return made;
}

object answered(const base::Response& response) {
  return base::parse_json_object(event_answer(response)).value();
}

}  // namespace

TEST(LambdaHttp, an_event_is_a_request) {
  ASSERT_TRUE(is_http_event(event()));
  const auto request = request_from(event(), {}).value();
  EXPECT_EQ(request.head.method, base::Method::get);
  EXPECT_EQ(request.head.host, "abc.execute-api.eu-west-1.amazonaws.com");
  EXPECT_EQ(request.head.path, "/charters/jada.a");
  EXPECT_EQ(request.head.parameter("to"), "2027-06-01");
  EXPECT_EQ(request.head.header("X-Dashboard-Token"), "jada.a.b");
  EXPECT_EQ(request.head.peer, "192.0.2.7");
  EXPECT_EQ(request.body, "");
}

TEST(LambdaHttp, a_path_comes_decoded_and_is_handed_on_as_it_was_sent) {
  object made = event();
  made["rawPath"] = "/g/a b/ü";
  EXPECT_EQ(request_from(made, {})->head.path, "/g/a%20b/%C3%BC");
  made["rawPath"] = "/";
  EXPECT_EQ(request_from(made, {})->head.path, "/");
}

TEST(LambdaHttp, cookies_come_in_a_list) {
  const auto request = request_from(event(R"(,"cookies":["__Host-crew=a.b","x=1"])"), {}).value();
  EXPECT_EQ(request.head.cookie("__Host-crew"), "a.b");
  EXPECT_EQ(request.head.cookie("x"), "1");
}

TEST(LambdaHttp, the_site_is_the_edges_word_and_nobody_elses) {
  const EdgeTrust trust{{"secret"}};
  EXPECT_EQ(request_from(edge_event("secret"), trust)->head.host, "ops.jada.example");
  for (const auto& [sent, believed] : {std::pair("wrong", "secret"), {"", ""}, {"secret", ""}}) {
    const auto request = request_from(edge_event(sent), {{believed}}).value();
    EXPECT_EQ(request.head.host, "abc.execute-api.eu-west-1.amazonaws.com");
    EXPECT_FALSE(request.head.header("x-fairlead-edge")) << "no secret goes further";
    EXPECT_FALSE(request.head.header("x-fairlead-site"));
  }
}

TEST(LambdaHttp, bodies_are_text_or_base64) {
  object made = event(R"(,"body":"{\"a\":1}")");
  EXPECT_EQ(request_from(made, {})->body, "{\"a\":1}");
  made["body"] = "/9j/AA==";
  made["isBase64Encoded"] = true;
  EXPECT_EQ(request_from(made, {})->body, std::string("\xFF\xD8\xFF\x00", 4));
  made["body"] = "no base64!";
  EXPECT_EQ(request_from(made, {}).error().kind, base::Kind::malformed);
}

TEST(LambdaHttp, other_events_are_none_of_ours) {
  object old = event();
  old["version"] = "1.0";
  EXPECT_EQ(request_from(old, {}).error().kind, base::Kind::malformed);
  const object sns = base::parse_json_object(R"({"Records":[{"EventSource":"aws:sns"}]})").value();
  EXPECT_FALSE(is_http_event(sns));
  EXPECT_EQ(request_from(sns, {}).error().kind, base::Kind::malformed);
}

TEST(LambdaHttp, a_response_has_cookies_apart_and_one_text_for_each_header) {
  base::Response response;
  response.status = 303;
  response.set("Location", "/charters/jada.a");
  response.add("Set-Cookie", "a=1; Secure");
  response.add("Set-Cookie", "b=2");
  response.add("Vary", "Accept");
  response.add("Vary", "Cookie");
  response.body = "é";
  const object answer = answered(response);
  EXPECT_EQ(answer.at("statusCode").as_int64(), 303);
  EXPECT_EQ(answer.at("headers").as_object().at("location").as_string(), "/charters/jada.a");
  EXPECT_EQ(answer.at("headers").as_object().at("vary").as_string(), "Accept, Cookie");
  EXPECT_FALSE(answer.at("headers").as_object().contains("set-cookie"));
  EXPECT_EQ(answer.at("cookies").as_array().size(), 2U);
  EXPECT_EQ(answer.at("body").as_string(), "é");
  EXPECT_FALSE(answer.at("isBase64Encoded").as_bool());
}

TEST(LambdaHttp, bytes_that_are_no_text_go_as_base64_and_what_is_too_large_not_at_all) {
  base::Response response;
  response.body = "\xFF\xD8\xFF";
  EXPECT_EQ(answered(response).at("body").as_string(), "/9j/");
  EXPECT_TRUE(answered(response).at("isBase64Encoded").as_bool());
  response.body = std::string(7 * 1024 * 1024, 'x');
  EXPECT_EQ(answered(response).at("statusCode").as_int64(), 500);
}

}  // namespace transports::testing
