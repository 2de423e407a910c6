// What is asked of CloudFront and of Systems Manager, and what becomes of their refusals. Against
// answers written by hand; tests/cloud has the emulator.
#include "adapters/cloudfront_cdn.h"

#include <unistd.h>

#include "tests/net/scripted_server.h"

namespace adapters::testing {

using base::Kind;
using net::testing::answer;
using net::testing::ScriptedServer;

namespace {

const std::string parameter = R"({"Parameter":{"Name":"/boats/jada","Value":"E1JADA"}})";

std::string no_parameter() {
  return answer(R"({"__type":"ParameterNotFound","message":"no"})", {}, "400 Bad Request");
}
std::string refusal(const std::string& status, const std::string& code) {
  return answer("<ErrorResponse><Error><Type>Sender</Type><Code>" + code +
                    "</Code><Message>no</Message></Error></ErrorResponse>",
                {}, status);
}

class CloudfrontTest : public ::testing::Test {
 protected:
  base::Result<void> purge(const std::string& tenant = "jada") {
    return cdn_.purge(domain::TenantId(tenant), {"/g/a.html", "/a&b"}, "debt-1");
  }

  std::string distribution_said = answer(parameter);
  std::string cloudfront_said = answer("<Invalidation/>", {}, "201 Created");
  base::Instant now{std::chrono::milliseconds(1'800'000'000'000)};
  ScriptedServer ssm{[this](const std::string&) { return distribution_said; }};
  ScriptedServer cloudfront{[this](const std::string&) { return cloudfront_said; }};

 private:
  std::shared_ptr<net::AwsClient> client_to(const std::string& name, const std::string& region,
                                            const ScriptedServer& server) {
    return std::make_shared<net::AwsClient>(
        net::AwsService{name, region, server.endpoint()},
        std::make_shared<net::AwsCredentialSource>([](const char*) { return std::string("x"); }),
        [this] { return now; });
  }
  CloudfrontCdn cdn_{client_to("cloudfront", "us-east-1", cloudfront),
                     client_to("ssm", "eu-west-1", ssm), "/boats"};
};

}  // namespace

TEST_F(CloudfrontTest, one_call_names_all_paths_and_the_reference) {
  ASSERT_TRUE(purge());
  ASSERT_EQ(cloudfront.requests().size(), 1U);
  const std::string request = cloudfront.requests()[0];
  EXPECT_TRUE(request.starts_with("POST /2020-05-31/distribution/E1JADA/invalidation HTTP/1.1\r\n"))
      << request;
  EXPECT_NE(request.find("/us-east-1/cloudfront/aws4_request"), std::string::npos);
  EXPECT_TRUE(request.ends_with(
      "<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths>"
      "<Quantity>2</Quantity><Items><Path>/g/a.html</Path><Path>/a&amp;b</Path></Items></Paths>"
      "<CallerReference>debt-1</CallerReference></InvalidationBatch>"))
      << request;
}

TEST_F(CloudfrontTest, the_distribution_is_asked_for_once_in_five_minutes) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(purge());
  ASSERT_EQ(ssm.requests().size(), 1U);
  const std::string request = ssm.requests()[0];
  EXPECT_NE(request.find("X-Amz-Target: AmazonSSM.GetParameter\r\n"), std::string::npos);
  EXPECT_TRUE(request.ends_with(R"({"Name":"/boats/jada"})")) << request;
  ASSERT_TRUE(purge("tern"));
  EXPECT_EQ(ssm.requests().size(), 2U);
  now += distribution_remembered;
  ASSERT_TRUE(purge());
  EXPECT_EQ(ssm.requests().size(), 3U);
  EXPECT_EQ(cloudfront.requests().size(), 5U);
}

TEST_F(CloudfrontTest, who_has_no_distribution_has_nothing_to_purge) {
  distribution_said = no_parameter();
  EXPECT_TRUE(purge());
  EXPECT_TRUE(purge());
  EXPECT_TRUE(cloudfront.requests().empty());
  EXPECT_EQ(ssm.requests().size(), 1U) << "that there is none is remembered too";
}

TEST_F(CloudfrontTest, what_may_pass_is_told_from_what_never_will) {
  for (const auto& [status, code, kind] :
       {std::tuple("400 Bad", "TooManyInvalidationsInProgress", Kind::limited),
        {"400 Bad", "Throttling", Kind::limited},
        {"400 Bad", "ThrottlingException", Kind::limited},
        {"503 Slow", "ServiceUnavailable", Kind::limited},
        {"403 No", "AccessDenied", Kind::unavailable},
        {"500 Oops", "InternalError", Kind::unavailable},
        {"404 No", "NoSuchDistribution", Kind::invalid},
        {"400 Bad", "InvalidArgument", Kind::invalid}}) {
    cloudfront_said = refusal(status, code);
    const auto done = purge();
    ASSERT_FALSE(done) << code;
    EXPECT_EQ(done.error().kind, kind) << done.error().message;
  }
}

TEST_F(CloudfrontTest, a_store_of_parameters_that_refuses_is_not_one_without_the_parameter) {
  for (const auto& [name, kind] : {std::pair("AccessDeniedException", Kind::unavailable),
                                   {"ThrottlingException", Kind::limited}}) {
    distribution_said = answer(R"({"__type":")" + std::string(name) + "\"}", {}, "400 Bad Request");
    EXPECT_EQ(purge().error().kind, kind) << name;
  }
  distribution_said = answer("{}");
  EXPECT_EQ(purge().error().kind, Kind::unavailable);
  distribution_said = answer(parameter);
  EXPECT_TRUE(purge()) << "a refusal is not remembered";
}

}  // namespace adapters::testing
