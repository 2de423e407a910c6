// Events of API Gateway's HTTP API, payload 2.0, as requests, and responses as it wants them.
#include "transports/lambda_http.h"

#include <memory>

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

namespace {

// Takes 8 bytes, or a stream of as many; says what it was asked.
class Echo final : public web::Application {
 public:
  std::shared_ptr<const web::ReadyAnswer> ready(const web::ReadyQuestion&) override {
    return nullptr;
  }
  web::Admission admit(const base::RequestHead& head) override {
    web::Admission admission;
    if (head.path == "/refused")
      admission.refusal = std::make_shared<base::Response>(problem(405, "not this way", &head));
    if (head.path != "/none") admission.body_bytes_max = 8;
    if (head.path == "/stream") admission.body = web::Admission::Body::streamed;
    return admission;
  }
  base::Response answer(const base::Request& request) override {
    return {.status = 200, .headers = {}, .body = request.head.host + " " + request.body};
  }
  web::StreamStart open(const base::RequestHead&) override {
    class Sink final : public web::BodySink {
     public:
      std::optional<base::Response> take(std::string_view bytes) override {
        taken_ += bytes;
        return std::nullopt;
      }
      base::Response finish() override {
        return {.status = 201, .headers = {}, .body = "took " + taken_};
      }

     private:
      std::string taken_;
    };
    return std::make_unique<Sink>();
  }
  web::Shedding shedding(const base::RequestHead&) override { return web::Shedding::last; }
  base::Response problem(int status, std::string_view detail, const base::RequestHead*) override {
    return {.status = status, .headers = {}, .body = std::string(detail)};
  }
};

object told(const object& asked, const EdgeTrust& trust = {}) {
  Echo echo;
  return base::parse_json_object(answer_http(echo, asked, trust)).value();
}

object post(const std::string& path, const std::string& body) {
  object made = event();
  made["rawPath"] = path;
  made["body"] = body;
  made["requestContext"].as_object()["http"].as_object()["method"] = "POST";
  return made;
}

}  // namespace

TEST(LambdaHttp, the_application_is_asked_as_by_any_door) {
  EXPECT_EQ(told(post("/", "12345678")).at("body").as_string(),
            "abc.execute-api.eu-west-1.amazonaws.com 12345678");
  EXPECT_EQ(told(post("/", "123456789")).at("statusCode").as_int64(), 413);
  EXPECT_EQ(told(post("/none", "1")).at("statusCode").as_int64(), 413);
  EXPECT_EQ(told(post("/refused", "1")).at("statusCode").as_int64(), 405);
  EXPECT_EQ(told(post("/stream", "123")).at("body").as_string(), "took 123");
  object broken = event();
  broken["version"] = "1.0";
  EXPECT_EQ(told(broken).at("statusCode").as_int64(), 400);
  object head = event();
  head["requestContext"].as_object()["http"].as_object()["method"] = "HEAD";
  EXPECT_EQ(told(head).at("body").as_string(), "");
}

TEST(LambdaHttp, a_body_is_announced_whether_or_not_the_gateway_says_its_length) {
  EXPECT_EQ(request_from(post("/", "12345"), {})->head.header("Content-Length"), "5");
  EXPECT_FALSE(request_from(event(), {})->head.header("Content-Length"));
}

TEST(LambdaHttp, while_the_edges_secret_changes_both_are_good) {
  const EdgeTrust trust{{"new", "old"}};
  for (const char* secret : {"new", "old"})
    EXPECT_EQ(request_from(edge_event(secret), trust)->head.host, "ops.jada.example");
  EXPECT_NE(request_from(edge_event("older"), trust)->head.host, "ops.jada.example");
}

TEST(LambdaHttp, whom_the_edge_heard_is_who_asks) {
  const auto peer = [](const std::string& secret, const std::string& viewer) {
    object made = edge_event(secret);
    made["headers"].as_object()["x-fairlead-viewer"] = viewer;
    const auto request = request_from(made, {{"secret"}}).value();
    EXPECT_FALSE(request.head.header("x-fairlead-viewer"));
    return request.head.peer;
  };
  EXPECT_EQ(peer("secret", "2001:db8::7"), "2001:db8::7");
  EXPECT_EQ(peer("secret", "nobody"), "192.0.2.7");
  EXPECT_EQ(peer("wrong", "198.51.100.1"), "192.0.2.7");
}

}  // namespace transports::testing
