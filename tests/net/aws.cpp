// Credentials in the order of AWS's own clients, and calls that AWS's own signature check takes.
#include <fstream>
#include <map>

#include "base/crypto.h"
#include "base/text.h"

#include "net/aws_client.h"

#include "tests/net/scripted_server.h"

namespace net::testing {

using base::Instant;
using base::Kind;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const Instant now = base::parse_utc("2026-01-01T00:00:00Z").value();

AwsCredentialSource source_of(std::map<std::string, std::string> variables) {
  variables.emplace("AWS_EC2_METADATA_DISABLED", "true");
  return AwsCredentialSource([variables](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  });
}

std::string key_of(AwsCredentialSource& source, Instant at = now) {
  const auto found = source.current(at);
  return found ? found->credentials.access_key_id : found.error().message;
}

std::string credentials_json(const std::string& key, const std::string& expires) {
  return R"({"AccessKeyId":")" + key + R"(","SecretAccessKey":"s","Token":"t","Expiration":")" +
         expires + "\"}";
}

}  // namespace

TEST(AwsCredentials, come_from_the_environment_first) {
  auto source = source_of({{"AWS_ACCESS_KEY_ID", "A"},
                           {"AWS_SECRET_ACCESS_KEY", "s"},
                           {"AWS_SESSION_TOKEN", "t"},
                           {"AWS_SHARED_CREDENTIALS_FILE", "/nowhere"}});
  const auto found = source.current(now);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->credentials.access_key_id, "A");
  EXPECT_EQ(found->credentials.session_token, "t");
  EXPECT_FALSE(found->expires_at);
}

TEST(AwsCredentials, come_from_the_profile_that_is_chosen) {
  const std::string file = ::testing::TempDir() + "/aws-credentials-" + std::to_string(::getpid());
  std::ofstream(file) << "# mine\n[default]\naws_access_key_id = D\naws_secret_access_key=s\n\n"
                         "[ boat ]\nx=1\n[boats]\naws_secret_access_key = s2\n"
                         "aws_access_key_id=B\naws_session_token = t2\n";
  auto usual = source_of({{"AWS_SHARED_CREDENTIALS_FILE", file}});
  EXPECT_EQ(key_of(usual), "D");
  auto chosen = source_of({{"AWS_SHARED_CREDENTIALS_FILE", file}, {"AWS_PROFILE", "boats"}});
  EXPECT_EQ(key_of(chosen), "B");
  EXPECT_EQ(chosen.current(now)->credentials.secret, "s2");
  auto missing = source_of({{"AWS_SHARED_CREDENTIALS_FILE", file}, {"AWS_PROFILE", "nobody"}});
  EXPECT_EQ(missing.current(now).error().kind, Kind::unavailable);
  ::unlink(file.c_str());
}

TEST(AwsCredentials, of_a_container_are_fetched_anew_before_their_end) {
  std::atomic<int> asked = 0;
  ScriptedServer server([&](const std::string&) {
    const int turn = ++asked;
    return answer(credentials_json("C" + std::to_string(turn),
                                   turn == 1 ? "2026-01-01T01:00:00Z" : "2026-01-01T02:00:00Z"));
  });
  auto source = source_of({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", server.url() + "/creds?x=1"},
                           {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "word"}});
  EXPECT_EQ(key_of(source), "C1");
  EXPECT_EQ(key_of(source, now + minutes(54)), "C1");
  EXPECT_EQ(key_of(source, now + minutes(56)), "C2");
  EXPECT_TRUE(server.requests()[0].starts_with("GET /creds?x=1 "));
  EXPECT_NE(server.requests()[0].find("Authorization: word\r\n"), std::string::npos);
}

TEST(AwsCredentials, that_cannot_be_renewed_serve_until_their_end) {
  std::atomic<int> asked = 0;
  ScriptedServer server([&](const std::string&) {
    return ++asked == 1 ? answer(credentials_json("C", "2026-01-01T01:00:00Z"))
                        : answer("no", {}, "500 No");
  });
  auto source = source_of({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", server.url() + "/"}});
  EXPECT_EQ(key_of(source), "C");
  EXPECT_EQ(key_of(source, now + minutes(58)), "C");
  EXPECT_EQ(source.current(now + minutes(60)).error().kind, Kind::unavailable);
}

TEST(AwsCredentials, of_an_instance_are_asked_for_with_a_token) {
  ScriptedServer server([&](const std::string& request) {
    if (request.starts_with("PUT /latest/api/token ")) return answer("the-token");
    if (request.find("X-aws-ec2-metadata-token: the-token\r\n") == std::string::npos)
      return answer("", {}, "401 No");
    if (request.starts_with("GET /latest/meta-data/iam/security-credentials/ "))
      return answer("boat-role\n");
    return answer(request.find("/boat-role ") == std::string::npos
                      ? "{}"
                      : credentials_json("I", "2026-01-01T06:00:00Z"));
  });
  auto source = source_of({{"AWS_EC2_METADATA_DISABLED", "false"},
                           {"AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url()}});
  EXPECT_EQ(key_of(source), "I");
}

TEST(AwsClient, signs_each_call_as_aws_checks_it) {
  ScriptedServer server([](const std::string&) { return answer("{}"); });
  AwsClient client({"dynamodb", "eu-west-1", server.endpoint()},
                   std::make_shared<AwsCredentialSource>([](const char* name) {
                     return std::string(name) == "AWS_ACCESS_KEY_ID"       ? "AKIA"
                            : std::string(name) == "AWS_SECRET_ACCESS_KEY" ? "secret"
                                                                           : "";
                   }),
                   [] { return now; });
  AwsCall call;
  call.path = "/a%20b";
  call.query = "z=1&a=2";
  call.headers = {{"Content-Type", "application/x-amz-json-1.0"}};
  call.body = "{\"x\":1}";
  ASSERT_TRUE(client.send(call, seconds(5)));
  const std::string request = server.requests()[0];
  std::vector<base::Header> headers;
  for (const auto line :
       base::split(std::string_view(request).substr(0, request.find("\r\n\r\n")), '\n'))
    if (const auto colon = line.find(": "); colon != line.npos)
      headers.push_back(
          {std::string(line.substr(0, colon)), std::string(base::trimmed(line.substr(colon + 2)))});
  const base::AwsSigner signer({"AKIA", "secret", {}}, "eu-west-1", "dynamodb");
  std::erase_if(headers, [](const base::Header& one) { return one.name == "Content-Length"; });
  const auto check = signer.verify(
      {"POST", "/a%20b", "z=1&a=2", &headers, base::hex(base::bytes_of(base::sha256(call.body)))},
      now);
  EXPECT_EQ(check.fault, base::SignatureFault::none);
}

TEST(AwsClient, sets_its_clock_right_by_the_answer_and_tries_once_more) {
  std::atomic<int> asked = 0;
  ScriptedServer server([&](const std::string& request) {
    if (++asked == 1)
      return answer(R"({"__type":"com.amazon.coral.service#InvalidSignatureException",)"
                    R"("message":"Signature expired: 20260101T000000Z is now earlier than"})",
                    "Date: Thu, 01 Jan 2026 01:00:00 GMT\r\n", "400 Bad Request");
    return answer(request.find("20260101T010000Z") != std::string::npos ? "right" : "wrong");
  });
  AwsClient client(
      {"dynamodb", "eu-west-1", server.endpoint()},
      std::make_shared<AwsCredentialSource>([](const char*) { return std::string("x"); }),
      [] { return now; });
  EXPECT_EQ(client.send({}, seconds(5))->body, "right");
  EXPECT_EQ(asked, 2);
}

TEST(AwsErrors, are_named_as_aws_names_them) {
  const auto named = [](std::vector<base::Header> headers, std::string body) {
    return aws_error_name({400, std::move(headers), std::move(body)});
  };
  EXPECT_EQ(named({}, R"({"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"})"),
            "ThrottlingException");
  EXPECT_EQ(named({{"x-amzn-ErrorType", "MessageRejected:http://internal/"}}, "{}"),
            "MessageRejected");
  EXPECT_EQ(named({}, "<Error><Code>NoSuchKey</Code></Error>"), "NoSuchKey");
  EXPECT_EQ(named({}, "nothing of the kind"), "");
}

}  // namespace net::testing
