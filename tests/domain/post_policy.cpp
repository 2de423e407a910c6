// Each rule of a POST policy broken once, with S3's own error; what official clients send, taken.
#include "domain/post_policy.h"

#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/json.h"
#include "base/text.h"

#include "tests/domain/example.h"

namespace domain {
namespace {

using testing::utc;

constexpr std::string_view moment = "20260101T000000Z";
constexpr std::string_view credential = "AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/s3/aws4_request";
const base::Instant now = utc("2026-01-01T06:00:00Z");

base::AwsSigner signer(std::string token = "", std::string region = "eu-west-1") {
  return base::AwsSigner(
      {"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", std::move(token)},
      std::move(region), "s3");
}

// The policy of reference vector two, and the form that keeps it.
const std::string expiration = R"("2026-01-02T00:00:00.000Z")";
const std::string conditions =
    R"({"bucket":"fairlead-uploads"},["starts-with","$key","t/acme/b/42/"],)"
    R"({"Content-Type":"image/jpeg"},["content-length-range",1,10485760],)"
    R"({"success_action_status":"201"},{"x-amz-algorithm":"AWS4-HMAC-SHA256"},)"
    R"({"x-amz-credential":"AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/s3/aws4_request"},)"
    R"({"x-amz-date":"20260101T000000Z"})";

std::string policy_with(const std::string& expires, const std::string& list) {
  return "{\"expiration\":" + expires + ",\"conditions\":[" + list + "]}";
}

PostedForm form_with(const std::string& policy) {
  PostedForm form;
  form.bucket = "fairlead-uploads";
  const std::string encoded = base::base64(policy);
  form.fields = {{"key", "t/acme/b/42/6f1c.jpg"},
                 {"Content-Type", "image/jpeg"},
                 {"success_action_status", "201"},
                 {"x-amz-algorithm", "AWS4-HMAC-SHA256"},
                 {"x-amz-credential", std::string(credential)},
                 {"x-amz-date", std::string(moment)},
                 {"policy", encoded},
                 {"x-amz-signature", signer().policy_signature(encoded, "20260101")}};
  form.filename = "boat.jpg";
  return form;
}

PostedForm good_form() {
  return form_with(policy_with(expiration, conditions));
}

std::string& value_of(PostedForm& form, std::string_view name) {
  for (FormField& one : form.fields)
    if (one.name == name) return one.value;
  form.fields.push_back({std::string(name), ""});
  return form.fields.back().value;
}

void drop(PostedForm& form, std::string_view name) {
  std::erase_if(form.fields, [&](const FormField& one) { return one.name == name; });
}

// "403 AccessDenied: Access Denied" or "accepted".
std::string verdict(const PostedForm& form, const base::AwsSigner& by = signer(),
                    base::Instant at = now) {
  const auto judged = judge_form(form, by, at);
  const auto* refusal = std::get_if<S3Refusal>(&judged);
  if (!refusal) return "accepted";
  return std::to_string(refusal->status) + " " + refusal->code + ": " + refusal->message;
}

std::string denied(std::string_view why) {
  return "403 AccessDenied: Invalid according to Policy: " + std::string(why);
}

std::string failed(std::string_view condition) {
  return denied("Policy Condition failed: " + std::string(condition));
}

std::string no_policy(std::string_view why) {
  return "400 InvalidPolicyDocument: Invalid Policy: " + std::string(why);
}

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

TEST(PostPolicy, expirations_have_two_forms) {
  for (const std::string form : {"2026-01-02T00:00:00Z", "2026-01-01T06:00:00.001Z"})
    EXPECT_EQ(verdict(form_with(policy_with('"' + form + '"', conditions))), "accepted") << form;
  for (const std::string form :
       {"\"2026-01-02 00:00:00\"", "\"2026-01-02T00:00:00\"", "\"2026-01-02T00:00:00.00Z\"",
        "\"2026-01-02T00:00:00.0x0Z\"", "\"2026-01-02T00:00:00+00:00\"", "\"2026-13-02T00:00:00Z\"",
        "\"\"", "1767312000", "null"})
    EXPECT_EQ(verdict(form_with(policy_with(form, conditions))),
              no_policy("Invalid 'expiration' value: " + form));
}

struct PolicyCase {
  std::string policy;
  std::string verdict;
};

TEST(PostPolicy, policies_are_read_strictly) {
  const std::string good = policy_with(expiration, conditions);
  const std::string not_json = no_policy("Invalid JSON.");
  const std::string one_property = no_policy(
      "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
  const auto with = [](const std::string& condition) {
    return policy_with(expiration, conditions + "," + condition);
  };
  const std::vector<PolicyCase> cases{
      {"", not_json},
      {"[]", not_json},
      {good + "x", not_json},
      {good.substr(0, good.size() - 1), not_json},
      {"\xEF\xBB\xBF" + good, not_json},
      {with("{\"a\":\"\xFF\"}"), not_json},
      {with(R"({"a":"1","a":"1"})"), not_json},
      {"{\"expiration\":" + expiration + "}", no_policy("Policy missing conditions.")},
      {"{\"expiration\":" + expiration + ",\"conditions\":{}}",
       no_policy("Policy missing conditions.")},
      {"{\"conditions\":[]}", no_policy("Policy missing expiration.")},
      {"{\"expiration\":" + expiration + ",\"CONDITIONS\":[]}",
       no_policy("Unexpected: 'CONDITIONS'.")},
      {with("{}"), one_property},
      {with(R"({"x-ignore-a":"1","x-ignore-b":"1"})"), one_property},
      {with(R"({"success_action_status":201})"),
       no_policy("Invalid Simple-Condition: value must be a string.")},
      {with("7"), no_policy("Invalid condition.")},
      {with(R"(["content-length-range",-1,5])"),
       no_policy("Invalid content-length-range condition: a bound is negative.")},
      {with(R"(["content-length-range",1])"),
       no_policy("Invalid content-length-range condition: two bounds are required.")},
      {with(R"(["content-length-range","x",5])"), failed(R"(["content-length-range", "x", 5])")},
      {with(R"(["content-length-range",1.5,5])"), failed(R"(["content-length-range", 1.5E0, 5])")},
      {with("[]"), failed("[]")},
      {with(R"(["eq","key","t/acme/b/42/6f1c.jpg"])"),
       failed(R"(["eq", "key", "t/acme/b/42/6f1c.jpg"])")},
      {with(R"(["eq","$key"])"), failed(R"(["eq", "$key"])")},
      {with(R"(["eq","$key",1])"), failed(R"(["eq", "$key", 1])")},
      {with(R"(["ends-with","$key",".jpg"])"), failed(R"(["ends-with", "$key", ".jpg"])")},
      {with(R"(["starts-with","$Content-Length",""])"),
       failed(R"(["starts-with", "$Content-Length", ""])")},
      {with(R"(["starts-with","$bucket",""])"), failed(R"(["starts-with", "$bucket", ""])")},
      {with(R"(["starts-with","$x-amz-date",""])"),
       failed(R"(["starts-with", "$x-amz-date", ""])")},
      {with(R"(["starts-with","$success_action_status",""])"),
       failed(R"(["starts-with", "$success_action_status", ""])")},
      {with(R"(["STARTS-with","$KEY","t/"])"), "accepted"},
      {with(R"(["eq","\$key","t/acme/b/42/6f1c.jpg"])"), "accepted"},
      {with(R"(["starts-with","$key","\\$"])"), failed(R"(["starts-with", "$key", "\\$"])")},
      {with(R"(["starts-with","$key",""])"), "accepted"},
      {with(R"(["content-length-range","5",18446744073709551615])"), "accepted"},
  };
  for (const PolicyCase& one : cases)
    EXPECT_EQ(verdict(form_with(one.policy)), one.verdict) << one.policy;
}

TEST(PostPolicy, a_policy_that_is_no_base64) {
  PostedForm form = good_form();
  for (const std::string text : {"e30", "e3 0", "e30=\n", "-_-_"}) {
    value_of(form, "policy") = text;
    value_of(form, "x-amz-signature") = signer().policy_signature(text, "20260101");
    EXPECT_EQ(verdict(form), no_policy("Invalid JSON.")) << text;
  }
}

TEST(PostPolicy, the_bucket_needs_a_condition) {
  std::string list = conditions.substr(conditions.find(',') + 1);
  EXPECT_EQ(verdict(form_with(policy_with(expiration, list))),
            denied("Extra input fields: bucket"));
}

TEST(PostPolicy, prefixes_of_types_hold_for_each_of_a_list) {
  std::string list = conditions;
  const std::string exact = R"({"Content-Type":"image/jpeg"})";
  list.replace(list.find(exact), exact.size(), R"(["starts-with","$Content-Type","image/"])");
  PostedForm form = form_with(policy_with(expiration, list));
  value_of(form, "Content-Type") = "image/jpeg, image/png";
  EXPECT_EQ(verdict(form), "accepted");
  value_of(form, "Content-Type") = "image/jpeg, text/html";
  EXPECT_EQ(verdict(form), failed(R"(["starts-with", "$Content-Type", "image/"])"));
}

TEST(PostPolicy, sizes_are_within_every_range) {
  const auto accepted = [](const std::string& more) {
    return std::get<AcceptedForm>(
        judge_form(form_with(policy_with(expiration, conditions + more)), signer(), now));
  };
  const AcceptedForm form = accepted(R"(,["content-length-range","5","10"])");
  EXPECT_FALSE(size_refusal(form, 5));
  EXPECT_FALSE(size_refusal(form, 10));
  EXPECT_EQ(size_refusal(form, 4), s3_too_small(4, 5));
  EXPECT_EQ(size_refusal(form, 11), s3_too_large(11, 10));
  EXPECT_EQ(size_refusal(accepted(""), 0), s3_too_small(0, 1));
}

TEST(PostPolicy, success_has_four_forms) {
  AcceptedForm form;
  form.key = "t/a b&c.jpg";
  const std::string location = "https://guest.example/o/photos/t/a%20b%26c.jpg";
  const auto answer = [&] { return success_of(form, location, "photos", "abc"); };
  for (const int status : {200, 204}) {
    form.success_status = status;
    const base::Response response = answer();
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(response.header("ETag"), "\"abc\"");
    EXPECT_EQ(response.header("Location"), location);
  }
  form.success_status = 201;
  EXPECT_EQ(answer().header("Content-Type"), "application/xml");
  EXPECT_EQ(answer().body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>" +
                               location +
                               "</Location><Bucket>photos</Bucket><Key>t/a b&amp;c.jpg</Key>"
                               "<ETag>&quot;abc&quot;</ETag></PostResponse>");
  const std::string query = "bucket=photos&key=t%2Fa%20b%26c.jpg&etag=%22abc%22";
  for (const auto& [redirect, target] : std::map<std::string, std::string>{
           {"https://guest.example/thanks", "https://guest.example/thanks?" + query},
           {"https://guest.example/?a=1#top", "https://guest.example/?a=1&" + query + "#top"}}) {
    form.redirect = redirect;
    EXPECT_EQ(answer().status, 303);
    EXPECT_EQ(answer().body, "");
    EXPECT_EQ(answer().header("Location"), target);
  }
}

TEST(PostPolicy, only_absolute_addresses_are_redirected_to) {
  const auto redirect_of = [](const std::string& address, const std::string& name) {
    PostedForm form = form_with(
        policy_with(expiration, conditions + R"(,["starts-with","$)" + name + R"(",""])"));
    form.fields.push_back({name, address});
    return std::get<AcceptedForm>(judge_form(form, signer(), now)).redirect;
  };
  EXPECT_EQ(redirect_of("https://a.example/", "success_action_redirect"), "https://a.example/");
  EXPECT_EQ(redirect_of("HTTP://a.example/", "redirect"), "HTTP://a.example/");
  for (const std::string address : {"", "/thanks", "javascript:alert(1)", "https://", "https:///x",
                                    "https://a.example/\r\nX: 1", "ftp://a.example/"})
    EXPECT_EQ(redirect_of(address, "success_action_redirect"), "") << address;
}

}  // namespace
}  // namespace domain
