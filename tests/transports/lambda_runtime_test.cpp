// The loop of a Lambda function against a Runtime API of our own: events in turn, failures
// reported.
#include "transports/lambda_runtime.h"

#include "base/json.h"

#include "tests/net/scripted_server.h"

namespace transports::testing {

using base::Result;
using net::testing::answer;
using net::testing::ScriptedServer;

namespace {

// Three events, then the end: what the platform does when it has no more use for the function.
class RuntimeApi {
 public:
  std::string url() const { return server_.url().substr(7); }
  std::vector<std::string> posts() {
    std::vector<std::string> found;
    for (const std::string& request : server_.requests())
      if (request.starts_with("POST ")) found.push_back(request);
    return found;
  }

 private:
  std::string say(const std::string& request) {
    if (request.starts_with("POST ")) return answer("{}", {}, "202 Accepted");
    if (++given_ > 3) return answer("", {}, "410 Gone");
    const std::string number = std::to_string(given_);
    return answer("{\"n\":" + number + "}",
                  "Lambda-Runtime-Aws-Request-Id: id-" + number +
                      "\r\nLambda-Runtime-Deadline-Ms: 1900000000000\r\n");
  }

  std::atomic<int> given_ = 0;
  ScriptedServer server_{[this](const std::string& request) { return say(request); }};
};

}  // namespace

TEST(LambdaRuntime, takes_events_in_turn_and_posts_what_came_of_each) {
  RuntimeApi api;
  auto runtime = LambdaRuntime::at(api.url()).value();
  int events = 0;
  const auto ended = runtime.run([&](const LambdaEvent& event) -> Result<std::string> {
    ++events;
    EXPECT_EQ(event.deadline.time_since_epoch(), std::chrono::milliseconds(1900000000000));
    if (events == 2) return base::unavailable("the table is away");
    return "{\"answer\":" + event.body + "}";
  });
  EXPECT_EQ(ended.error().kind, base::Kind::unavailable);
  EXPECT_EQ(events, 3);
  const auto posts = api.posts();
  ASSERT_EQ(posts.size(), 3U);
  EXPECT_TRUE(posts[0].starts_with("POST /2018-06-01/runtime/invocation/id-1/response "));
  EXPECT_TRUE(posts[0].ends_with("\r\n\r\n{\"answer\":{\"n\":1}}"));
  EXPECT_TRUE(posts[1].starts_with("POST /2018-06-01/runtime/invocation/id-2/error "));
  EXPECT_NE(posts[1].find("Lambda-Runtime-Function-Error-Type: Fairlead.Unavailable\r\n"),
            std::string::npos);
  EXPECT_NE(posts[1].find("\"errorMessage\":\"the table is away\""), std::string::npos);
  EXPECT_TRUE(posts[2].starts_with("POST /2018-06-01/runtime/invocation/id-3/response "));
}

TEST(LambdaRuntime, tells_the_platform_when_it_cannot_start) {
  RuntimeApi api;
  auto runtime = LambdaRuntime::at(api.url()).value();
  runtime.report_start_failure(base::invalid("store.operations", "is needed"));
  const auto posts = api.posts();
  ASSERT_EQ(posts.size(), 1U);
  EXPECT_TRUE(posts[0].starts_with("POST /2018-06-01/runtime/init/error "));
  EXPECT_NE(posts[0].find("\"errorType\":\"Fairlead.Start\""), std::string::npos);
}

TEST(LambdaRuntime, needs_an_address_of_the_platforms) {
  EXPECT_EQ(LambdaRuntime::at("").error().kind, base::Kind::invalid);
}

}  // namespace transports::testing
