// How the text of a policy is read: strictly, with S3's words for what is wrong.
#include "domain/posted_policy.h"

#include <gtest/gtest.h>

#include "tests/domain/posted_form.h"

namespace domain::testing {
namespace {

TEST(PostedPolicy, expirations_have_two_forms) {
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

TEST(PostedPolicy, policies_are_read_strictly) {
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

TEST(PostedPolicy, a_policy_that_is_no_base64) {
  PostedForm form = good_form();
  for (const std::string text : {"e30", "e3 0", "e30=\n", "-_-_"}) {
    value_of(form, "policy") = text;
    value_of(form, "x-amz-signature") = signer().policy_signature(text, "20260101");
    EXPECT_EQ(verdict(form), no_policy("Invalid JSON.")) << text;
  }
}

TEST(PostedPolicy, the_bucket_needs_a_condition) {
  std::string list = conditions.substr(conditions.find(',') + 1);
  EXPECT_EQ(verdict(form_with(policy_with(expiration, list))),
            denied("Extra input fields: bucket"));
}

TEST(PostedPolicy, prefixes_of_types_hold_for_each_of_a_list) {
  std::string list = conditions;
  const std::string exact = R"({"Content-Type":"image/jpeg"})";
  list.replace(list.find(exact), exact.size(), R"(["starts-with","$Content-Type","image/"])");
  PostedForm form = form_with(policy_with(expiration, list));
  value_of(form, "Content-Type") = "image/jpeg, image/png";
  EXPECT_EQ(verdict(form), "accepted");
  value_of(form, "Content-Type") = "image/jpeg, text/html";
  EXPECT_EQ(verdict(form), failed(R"(["starts-with", "$Content-Type", "image/"])"));
}

TEST(PostedPolicy, sizes_are_within_every_range) {
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

TEST(PostedPolicy, success_has_four_forms) {
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

TEST(PostedPolicy, only_absolute_addresses_are_redirected_to) {
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
}  // namespace domain::testing
