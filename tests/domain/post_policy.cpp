// Each rule of a POST policy broken once, with S3's own error; what official clients send, taken.
#include "domain/post_policy.h"

#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "base/json.h"

#include "tests/domain/posted_form.h"

namespace domain::testing {
namespace {

// The own golden vector: the bytes, their hash, their signature.
TEST(PostPolicy, the_reference_vector) {
  const std::string encoded = base::base64(policy_with(expiration, conditions));
  EXPECT_EQ(encoded.size(), 500u);
  EXPECT_EQ(base::hex(base::bytes_of(base::sha256(encoded))),
            "7edcca80819effe87b73ee0a5efdb6943c8f3f506f51ad67b1af25d6a0833e00");
  EXPECT_EQ(signer().policy_signature(encoded, "20260101"),
            "d9947dc34787637470d696abf0326ea9077fa5f1b069c76f271591e478e26034");
  EXPECT_EQ(verdict(good_form()), "accepted");
  const auto form = std::get<AcceptedForm>(judge_form(good_form(), signer(), now));
  EXPECT_EQ(form.key, "t/acme/b/42/6f1c.jpg");
  EXPECT_EQ(form.content_type, "image/jpeg");
  EXPECT_EQ(form.bytes_min, 1);
  EXPECT_EQ(form.bytes_max, 10'485'760);
  EXPECT_EQ(form.success_status, 201);
}

// Amazon S3 API Reference, "Browser-Based Upload using HTTP POST", its lines joined by CRLF.
TEST(PostPolicy, the_published_example) {
  const std::string lines =
      R"({ "expiration": "2015-12-30T12:00:00.000Z",
  "conditions": [
    {"bucket": "sigv4examplebucket"},
    ["starts-with", "$key", "user/user1/"],
    {"acl": "public-read"},
    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/)"
      R"(successful_upload.html"},
    ["starts-with", "$Content-Type", "image/"],
    {"x-amz-meta-uuid": "14365123651274"},
    {"x-amz-server-side-encryption": "AES256"},
    ["starts-with", "$x-amz-meta-tag", ""],

    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
    {"x-amz-date": "20151229T000000Z" }
  ]
})";
  std::string policy;
  for (const char c : lines) policy += c == '\n' ? std::string("\r\n") : std::string(1, c);
  PostedForm form;
  form.bucket = "sigv4examplebucket";
  form.filename = "C:\\pictures\\sunset.jpg";
  form.fields = {
      {"key", "user/user1/${filename}"},
      {"acl", "public-read"},
      {"success_action_redirect",
       "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
      {"Content-Type", "image/jpeg"},
      {"x-amz-meta-uuid", "14365123651274"},
      {"x-amz-server-side-encryption", "AES256"},
      {"X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
      {"X-Amz-Algorithm", "AWS4-HMAC-SHA256"},
      {"X-Amz-Date", "20151229T000000Z"},
      {"x-amz-meta-tag", ""},
      {"Policy", base::base64(policy)},
      {"X-Amz-Signature", "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"}};
  const base::AwsSigner by = signer("", "us-east-1");
  const base::Instant then = utc("2015-12-29T12:00:00Z");
  ASSERT_EQ(verdict(form, by, then), "accepted");
  const auto accepted = std::get<AcceptedForm>(judge_form(form, by, then));
  EXPECT_EQ(accepted.key, "user/user1/sunset.jpg");
  EXPECT_EQ(accepted.redirect, "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html");
  EXPECT_EQ(accepted.bytes_max, object_bytes_max);
}

TEST(PostPolicy, what_we_sign_is_taken) {
  FormTerms terms{"photos",     "quarantine/jada.7k3m2q/\"x\".jpg", "image/jpeg", 1, 26'214'400,
                  std::nullopt, utc("2026-01-02T00:00:00Z")};
  for (const std::string& token : {std::string(), std::string("IQoJ//+tok==")}) {
    const base::AwsSigner by = signer(token);
    for (const std::optional<int> status : {std::optional<int>(), std::optional<int>(201)}) {
      terms.success_action_status = status;
      PostedForm form{"photos", presigned_fields(terms, by, now), "IMG_1.JPG"};
      EXPECT_EQ(form.fields.front().name, "key");
      ASSERT_EQ(verdict(form, by), "accepted");
      const auto accepted = std::get<AcceptedForm>(judge_form(form, by, now));
      EXPECT_EQ(accepted.key, terms.key);
      EXPECT_EQ(accepted.bytes_max, 26'214'400);
      EXPECT_EQ(accepted.success_status, status.value_or(204));
      EXPECT_EQ(base::base64(policy_text(terms, by, now)), value_of(form, "policy"));
      value_of(form, "key") += "x";
      EXPECT_EQ(verdict(form, by),
                failed("[\"eq\", \"$key\", \"quarantine/jada.7k3m2q/\\\"x\\\".jpg\"]"));
    }
  }
}

TEST(PostPolicy, the_text_that_is_signed) {
  const FormTerms terms{"photos", "quarantine/jada.7k3m2q/a.jpg", "image/jpeg", 1, 5,
                        201,      utc("2026-01-02T00:00:00Z")};
  EXPECT_EQ(policy_text(terms, signer(), utc("2026-01-01T00:00:00Z")),
            R"({"expiration":"2026-01-02T00:00:00Z","conditions":[{"bucket":"photos"},)"
            R"({"key":"quarantine/jada.7k3m2q/a.jpg"},{"Content-Type":"image/jpeg"},)"
            R"({"success_action_status":"201"},{"x-amz-algorithm":"AWS4-HMAC-SHA256"},)"
            R"({"x-amz-credential":"AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/s3/aws4_request"},)"
            R"({"x-amz-date":"20260101T000000Z"},["content-length-range",1,5]]})");
}

struct FieldCase {
  std::string name;
  std::function<void(PostedForm&)> spoil;
  std::string verdict;
};

std::string missing(std::string_view field) {
  return "400 InvalidArgument: Bucket POST must contain a field named '" + std::string(field) +
         "'.  If it is specified, please check the order of the fields.";
}

void expect_verdicts(const std::vector<FieldCase>& cases) {
  for (const FieldCase& one : cases) {
    PostedForm form = good_form();
    one.spoil(form);
    EXPECT_EQ(verdict(form), one.verdict) << one.name;
  }
}

TEST(PostPolicy, each_signature_field_is_needed_and_right) {
  const auto without = [](std::string_view name) {
    return [name](PostedForm& form) { drop(form, name); };
  };
  const auto with = [](std::string_view name, std::string value) {
    return [name, value](PostedForm& form) { value_of(form, name) = value; };
  };
  const std::string mismatch =
      "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature "
      "you provided. Check your key and signing method.";
  const std::string parsing =
      "400 AuthorizationQueryParametersError: Error parsing the X-Amz-Credential parameter; ";
  const std::string malformed = parsing +
                                "the Credential is mal-formed; expecting "
                                "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
  const auto nothing_signed = [](PostedForm& form) {
    for (const std::string_view name :
         {"x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"})
      drop(form, name);
  };
  const std::string id = "AKIAIOSFODNN7EXAMPLE/20260101/";
  expect_verdicts({
      {"no key", without("key"), missing("key")},
      {"algorithm", without("x-amz-algorithm"), missing("X-Amz-Algorithm")},
      {"credential", without("x-amz-credential"), missing("X-Amz-Credential")},
      {"date", without("x-amz-date"), missing("X-Amz-Date")},
      {"signature", without("x-amz-signature"), missing("X-Amz-Signature")},
      {"policy", without("policy"), missing("Policy")},
      {"no signature field", nothing_signed, "403 AccessDenied: Access Denied"},
      {"wrong signature", with("x-amz-signature", std::string(64, 'a')), mismatch},
      {"upper case",
       [](PostedForm& form) {
         std::string& hex = value_of(form, "x-amz-signature");
         for (char& c : hex) c = static_cast<char>(std::toupper(c));
       },
       mismatch},
      {"cut policy", [](PostedForm& form) { value_of(form, "policy").resize(40); }, mismatch},
      {"policy twice",
       [](PostedForm& form) { form.fields.push_back({"Policy", value_of(form, "policy")}); },
       mismatch},
      {"another algorithm", with("x-amz-algorithm", "AWS4-HMAC-SHA1"),
       "400 InvalidRequest: The authorization mechanism you have provided is not supported. Please "
       "use AWS4-HMAC-SHA256."},
      {"no scope", with("x-amz-credential", "AKIAIOSFODNN7EXAMPLE"), malformed},
      {"region", with("x-amz-credential", id + "eu-west-2/s3/aws4_request"),
       parsing + "the region 'eu-west-2' is wrong; expecting 'eu-west-1'"},
      {"service", with("x-amz-credential", id + "eu-west-1/sns/aws4_request"),
       parsing + "incorrect service \"sns\". This endpoint belongs to \"s3\"."},
      {"another day", with("x-amz-date", "20260102T000000Z"),
       "400 AuthorizationQueryParametersError: Invalid credential date \"20260101\". This date is "
       "not the same as X-Amz-Date: \"20260102\"."},
      {"no date", with("x-amz-date", "2026-01-01T00:00:00Z"),
       "400 AuthorizationQueryParametersError: X-Amz-Date must be in the ISO8601 Long Format "
       "\"yyyyMMdd'T'HHmmss'Z'\""},
      {"unknown key", with("x-amz-credential", "AKIDOTHER/20260101/eu-west-1/s3/aws4_request"),
       "403 InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records."},
      {"a token nobody gave", with("x-amz-security-token", "token"),
       "400 InvalidToken: The provided token is malformed or otherwise invalid."},
  });
}

TEST(PostPolicy, a_wrong_signature_shows_what_was_signed) {
  PostedForm form = good_form();
  value_of(form, "policy") = "e30=";
  const auto refusal = std::get<S3Refusal>(judge_form(form, signer(), now));
  const std::vector<std::pair<std::string, std::string>> extras{
      {"AWSAccessKeyId", "AKIAIOSFODNN7EXAMPLE"},
      {"StringToSign", "e30="},
      {"SignatureProvided", value_of(form, "x-amz-signature")},
      {"StringToSignBytes", "65 33 30 3d"}};
  EXPECT_EQ(refusal.extras, extras);
}

TEST(PostPolicy, fields_are_held_against_conditions) {
  const auto with = [](std::string_view name, std::string value) {
    return [name, value](PostedForm& form) { value_of(form, name) = value; };
  };
  expect_verdicts({
      {"key elsewhere", with("key", "t/acme/b/43/x.jpg"),
       failed(R"(["starts-with", "$key", "t/acme/b/42/"])")},
      {"type", with("Content-Type", "image/JPEG"),
       failed(R"(["eq", "$Content-Type", "image/jpeg"])")},
      {"status", with("success_action_status", "200"),
       failed(R"(["eq", "$success_action_status", "201"])")},
      {"no type", [](PostedForm& form) { drop(form, "Content-Type"); },
       failed(R"(["eq", "$Content-Type", "image/jpeg"])")},
      {"bucket", [](PostedForm& form) { form.bucket = "other"; },
       failed(R"(["eq", "$bucket", "fairlead-uploads"])")},
      {"bucket field of the same name", with("bucket", "fairlead-uploads"), "accepted"},
      {"bucket field of another", with("bucket", "other"),
       failed(R"(["eq", "$bucket", "fairlead-uploads"])")},
      {"extra field", with("X-Amz-Meta-Note", "1"), denied("Extra input fields: x-amz-meta-note")},
      {"extra acl", with("acl", "public-read"), denied("Extra input fields: acl")},
      {"ignored field", with("X-Ignore-This", "1"), "accepted"},
      {"a name in another case", [](PostedForm& form) { form.fields[0].name = "kEy"; }, "accepted"},
      {"type twice",
       [](PostedForm& form) { form.fields.push_back({"content-type", "image/jpeg"}); },
       failed(R"(["eq", "$Content-Type", "image/jpeg"])")},
      {"filename put in", with("key", "t/acme/b/42/${filename}"), "accepted"},
      {"filename out of the prefix", with("key", "${filename}"),
       failed(R"(["starts-with", "$key", "t/acme/b/42/"])")},
      {"a key of 1024 bytes", with("key", "t/acme/b/42/" + std::string(1012, 'x')), "accepted"},
      {"a key of 1025 bytes", with("key", "t/acme/b/42/" + std::string(1013, 'x')),
       "400 KeyTooLongError: Your key is too long"},
      {"a key that climbs", with("key", "t/acme/b/42/../43/x.jpg"),
       "400 InvalidURI: Couldn't parse the specified URI."},
  });
}

TEST(PostPolicy, filename_goes_without_its_folders) {
  const auto key_for = [](std::optional<std::string> filename) {
    PostedForm form = good_form();
    value_of(form, "key") = "t/acme/b/42/${filename}-${filename}";
    form.filename = std::move(filename);
    return std::get<AcceptedForm>(judge_form(form, signer(), now)).key;
  };
  EXPECT_EQ(key_for("a.jpg"), "t/acme/b/42/a.jpg-a.jpg");
  EXPECT_EQ(key_for("C:\\dir/b\\a.jpg"), "t/acme/b/42/a.jpg-a.jpg");
  EXPECT_EQ(key_for(""), "t/acme/b/42/-");
  EXPECT_EQ(key_for(std::nullopt), "t/acme/b/42/${filename}-${filename}");
  EXPECT_EQ(key_for("${filename}"), "t/acme/b/42/${filename}-${filename}");
}

TEST(PostPolicy, time_ends_a_form) {
  const std::string expired = denied("Policy expired.");
  const base::Instant end = utc("2026-01-02T00:00:00Z");
  EXPECT_EQ(verdict(good_form(), signer(), end - std::chrono::milliseconds(1)), "accepted");
  EXPECT_EQ(verdict(good_form(), signer(), end), expired);
  const PostedForm forever = form_with(policy_with(R"("2199-01-01T00:00:00Z")", conditions));
  const base::Instant signed_at = utc("2026-01-01T00:00:00Z");
  EXPECT_EQ(verdict(forever, signer(), signed_at + base::sigv4_lifetime_max), "accepted");
  EXPECT_EQ(
      verdict(forever, signer(), signed_at + base::sigv4_lifetime_max + std::chrono::seconds(1)),
      expired);
  EXPECT_EQ(verdict(forever, signer(), signed_at - base::sigv4_skew_max), "accepted");
  EXPECT_EQ(
      verdict(forever, signer(), signed_at - base::sigv4_skew_max - std::chrono::seconds(1)),
      "403 RequestTimeTooSkewed: The difference between the request time and the current time "
      "is too large.");
}

}  // namespace
}  // namespace domain::testing
