// A form that a browser posts to an object store, as the tests of its policy spoil it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/crypto.h"
#include "base/text.h"

#include "domain/post_policy.h"

#include "tests/domain/example.h"

namespace domain::testing {

inline constexpr std::string_view signing_time = "20260101T000000Z";
inline constexpr std::string_view credential =
    "AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/s3/aws4_request";
inline const base::Instant now = utc("2026-01-01T06:00:00Z");

inline base::AwsSigner signer(std::string token = "", std::string region = "eu-west-1") {
  return base::AwsSigner(
      {"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", std::move(token)},
      std::move(region), "s3");
}

// The policy of reference vector two, and the form that keeps it.
inline const std::string expiration = R"("2026-01-02T00:00:00.000Z")";
inline const std::string conditions =
    R"({"bucket":"fairlead-uploads"},["starts-with","$key","t/acme/b/42/"],)"
    R"({"Content-Type":"image/jpeg"},["content-length-range",1,10485760],)"
    R"({"success_action_status":"201"},{"x-amz-algorithm":"AWS4-HMAC-SHA256"},)"
    R"({"x-amz-credential":"AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/s3/aws4_request"},)"
    R"({"x-amz-date":"20260101T000000Z"})";

inline std::string policy_with(const std::string& expires, const std::string& list) {
  return "{\"expiration\":" + expires + ",\"conditions\":[" + list + "]}";
}

inline PostedForm form_with(const std::string& policy) {
  PostedForm form;
  form.bucket = "fairlead-uploads";
  const std::string encoded = base::base64(policy);
  form.fields = {{"key", "t/acme/b/42/6f1c.jpg"},
                 {"Content-Type", "image/jpeg"},
                 {"success_action_status", "201"},
                 {"x-amz-algorithm", "AWS4-HMAC-SHA256"},
                 {"x-amz-credential", std::string(credential)},
                 {"x-amz-date", std::string(signing_time)},
                 {"policy", encoded},
                 {"x-amz-signature", signer().policy_signature(encoded, "20260101")}};
  form.filename = "boat.jpg";
  return form;
}

inline PostedForm good_form() {
  return form_with(policy_with(expiration, conditions));
}

inline std::string& value_of(PostedForm& form, std::string_view name) {
  for (FormField& one : form.fields)
    if (one.name == name) return one.value;
  form.fields.push_back({std::string(name), ""});
  return form.fields.back().value;
}

inline void drop(PostedForm& form, std::string_view name) {
  std::erase_if(form.fields, [&](const FormField& one) { return one.name == name; });
}

// "403 AccessDenied: Access Denied" or "accepted".
inline std::string verdict(const PostedForm& form, const base::AwsSigner& by = signer(),
                           base::Instant at = now) {
  const auto judged = judge_form(form, by, at);
  const auto* refusal = std::get_if<S3Refusal>(&judged);
  if (!refusal) return "accepted";
  return std::to_string(refusal->status) + " " + refusal->code + ": " + refusal->message;
}

inline std::string denied(std::string_view why) {
  return "403 AccessDenied: Invalid according to Policy: " + std::string(why);
}

inline std::string failed(std::string_view condition) {
  return denied("Policy Condition failed: " + std::string(condition));
}

inline std::string no_policy(std::string_view why) {
  return "400 InvalidPolicyDocument: Invalid Policy: " + std::string(why);
}

}  // namespace domain::testing
