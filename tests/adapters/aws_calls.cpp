// What DynamoDB, SES and SNS say no with, and what becomes of it: tried again, told as unavailable,
// or given up. Against answers written by hand; tests/cloud has the emulators.
#include <unistd.h>

#include "adapters/dynamo_store.h"
#include "adapters/ses_mailer.h"
#include "adapters/sns_topic.h"
#include "adapters/system_clock.h"

#include "tests/net/scripted_server.h"

namespace adapters::testing {

using base::Kind;
using net::testing::answer;
using net::testing::ScriptedServer;

namespace {

std::shared_ptr<net::AwsClient> client_to(const ScriptedServer& server, const std::string& name) {
  return std::make_shared<net::AwsClient>(
      net::AwsService{name, "eu-west-1", server.endpoint()},
      std::make_shared<net::AwsCredentialSource>([](const char*) { return std::string("x"); }),
      [] { return base::Instant(std::chrono::milliseconds(1'800'000'000'000)); });
}

std::string refusal(const std::string& name, const std::string& more = {}) {
  return answer(
      R"({"__type":"com.amazonaws.dynamodb.v20120810#)" + name + R"(","message":"no")" + more + "}",
      {}, "400 Bad Request");
}
std::string cancelled(const std::string& first, const std::string& second) {
  return refusal("TransactionCanceledException", R"(,"CancellationReasons":[{"Code":")" + first +
                                                     R"("},{"Code":")" + second + "\"}]");
}

// A store before a server that says one thing, and then yes.
class DynamoAnswers : public ::testing::Test {
 protected:
  base::Result<void> commit_against(std::vector<std::string> answers) {
    std::atomic<std::size_t> asked = 0;
    ScriptedServer server([&](const std::string&) {
      const std::size_t at = asked++;
      return at < answers.size() ? answers[at] : answer("{}");
    });
    DynamoStore store(DynamoCalls(client_to(server, "dynamodb"), entropy_,
                                  [&](std::chrono::milliseconds span) { slept_.push_back(span); }),
                      {"operations", "owner-only"}, clock_, entropy_);
    auto done = store.commit({{ports::Change::Kind::put,
                               {ports::Table::operations, "p", "s"},
                               ports::absent,
                               "{}",
                               {}}});
    requests_ = server.requests();
    return done;
  }
  static std::string token_in(const std::string& request) {
    const std::size_t at = request.find("\"ClientRequestToken\":\"");
    return at == std::string::npos ? "" : request.substr(at + 22, 32);
  }

  SystemClock clock_;
  SystemEntropy entropy_;
  std::vector<std::chrono::milliseconds> slept_;
  std::vector<std::string> requests_;
};

}  // namespace

TEST_F(DynamoAnswers, what_may_pass_is_tried_again_with_the_same_token) {
  for (const std::string& no :
       {refusal("ThrottlingException"), refusal("ProvisionedThroughputExceededException"),
        refusal("TransactionInProgressException"), answer("", {}, "500 Oops"),
        answer("", {}, "503 Busy"), cancelled("None", "TransactionConflict"),
        cancelled("ThrottlingError", "None")}) {
    slept_.clear();
    EXPECT_TRUE(commit_against({no, no})) << no;
    ASSERT_EQ(requests_.size(), 3U) << no;
    EXPECT_EQ(slept_.size(), 2U);
    EXPECT_EQ(token_in(requests_[0]).size(), 32U);
    EXPECT_EQ(token_in(requests_[2]), token_in(requests_[0]));
  }
}

TEST_F(DynamoAnswers, an_answer_that_was_lost_is_asked_for_again) {
  EXPECT_TRUE(commit_against({""}));
  ASSERT_EQ(requests_.size(), 2U);
  EXPECT_EQ(token_in(requests_[1]), token_in(requests_[0]));
}

TEST_F(DynamoAnswers, a_condition_that_did_not_hold_is_a_conflict_at_once) {
  const auto lost = commit_against({cancelled("TransactionConflict", "ConditionalCheckFailed")});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, Kind::conflict);
  EXPECT_EQ(lost.error().code, "version-moved");
  EXPECT_EQ(requests_.size(), 1U);
}

TEST_F(DynamoAnswers, what_no_try_would_change_is_our_own_fault) {
  for (const char* name : {"ValidationException", "ResourceNotFoundException",
                           "AccessDeniedException", "IdempotentParameterMismatchException"}) {
    EXPECT_EQ(commit_against({refusal(name)}).error().kind, Kind::internal) << name;
    EXPECT_EQ(requests_.size(), 1U);
  }
  EXPECT_EQ(commit_against({cancelled("None", "ValidationError")}).error().kind, Kind::internal);
}

TEST(SesMailer, sends_one_raw_mail_to_one_recipient) {
  ScriptedServer server([](const std::string&) { return answer(R"({"MessageId":"m"})"); });
  SesMailer mailer(client_to(server, "ses"), "boats");
  ASSERT_TRUE(mailer.send({"job", "from@jada.example", "ana@crew.example", "Subject: x\r\n\r\ny"}));
  const std::string request = server.requests()[0];
  EXPECT_TRUE(request.starts_with("POST /v2/email/outbound-emails HTTP/1.1\r\n"));
  EXPECT_TRUE(request.ends_with(
      R"({"FromEmailAddress":"from@jada.example",)"
      R"("Destination":{"ToAddresses":["ana@crew.example"]},)"
      R"("Content":{"Raw":{"Data":"U3ViamVjdDogeA0KDQp5"}},"ConfigurationSetName":"boats"})"));
}

TEST(SesMailer, tells_what_may_pass_from_what_never_will) {
  struct Case {
    const char* status;
    const char* name;
    Kind kind;
  };
  for (const Case& one :
       {Case{"429 Slow", "TooManyRequestsException", Kind::limited},
        Case{"400 Bad", "LimitExceededException", Kind::limited},
        Case{"400 Bad", "SendingPausedException", Kind::unavailable},
        Case{"403 No", "AccessDeniedException", Kind::unavailable},
        Case{"500 Oops", "", Kind::unavailable}, Case{"400 Bad", "MessageRejected", Kind::invalid},
        Case{"400 Bad", "MailFromDomainNotVerifiedException", Kind::unavailable},
        Case{"404 No", "NotFoundException", Kind::invalid}}) {
    ScriptedServer server([&](const std::string&) {
      return answer(R"({"message":"no"})",
                    "x-amzn-ErrorType: " + std::string(one.name) + ":http://internal/\r\n",
                    one.status);
    });
    SesMailer mailer(client_to(server, "ses"), "");
    EXPECT_EQ(mailer.send({"job", "a@jada.example", "b@crew.example", "x"}).error().kind, one.kind)
        << one.name;
    EXPECT_EQ(server.requests().size(), 1U) << "a mail is never sent twice by itself";
  }
}

TEST(SesMailer, waits_for_a_domain_to_be_verified_and_repeats_no_address) {
  ScriptedServer server([](const std::string&) {
    return answer(R"({"message":"Email address is not verified: ana@crew.example"})",
                  "x-amzn-ErrorType: MessageRejected\r\n", "400 Bad");
  });
  SesMailer mailer(client_to(server, "ses"), "");
  const auto error = mailer.send({"job", "a@jada.example", "ana@crew.example", "x"}).error();
  EXPECT_EQ(error.kind, Kind::unavailable);
  EXPECT_EQ(error.message.find("ana@"), std::string::npos) << error.message;
}

TEST(SesMailer, a_mail_whose_answer_was_lost_is_not_sent_again_by_itself) {
  ScriptedServer server([](const std::string&) { return std::string(); });
  SesMailer mailer(client_to(server, "ses"), "");
  EXPECT_EQ(mailer.send({"job", "a@jada.example", "b@crew.example", "x"}).error().kind,
            Kind::unavailable);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST(SnsTopic, says_ids_and_nothing_else) {
  ScriptedServer server([](const std::string&) { return answer("<PublishResponse/>"); });
  SnsTopic topic(client_to(server, "sns"), "arn:aws:sns:eu-west-1:1:crew");
  ASSERT_TRUE(topic.announce({domain::TenantId("jada"), domain::CharterId("jada.a"), 3}));
  const std::string request = server.requests()[0];
  EXPECT_NE(
      request.find("Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A1"),
      std::string::npos);
  EXPECT_NE(request.find("Message=%7B%22tenant%22%3A%22jada%22%2C%22charter%22%3A%22jada.a%22%2C"
                         "%22revision%22%3A3%7D"),
            std::string::npos);
}

TEST(SnsTopic, tells_what_may_pass_from_what_never_will) {
  for (const auto& [status, code, kind] :
       {std::tuple("500 Oops", "InternalError", Kind::unavailable),
        {"403 No", "AuthorizationError", Kind::unavailable},
        {"400 Bad", "Throttling", Kind::unavailable},
        {"404 No", "NotFound", Kind::invalid},
        {"400 Bad", "InvalidParameter", Kind::invalid}}) {
    ScriptedServer server([&, status = status, code = code](const std::string&) {
      return answer("<ErrorResponse><Error><Code>" + std::string(code) +
                        "</Code><Message>no</Message></Error></ErrorResponse>",
                    {}, status);
    });
    SnsTopic topic(client_to(server, "sns"), "arn");
    EXPECT_EQ(
        topic.announce({domain::TenantId("jada"), domain::CharterId("jada.a"), 1}).error().kind,
        kind)
        << code;
  }
}

}  // namespace adapters::testing
