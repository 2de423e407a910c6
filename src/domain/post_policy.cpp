#include "domain/post_policy.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/json.h"
#include "base/text.h"

#include "domain/posted_policy.h"

namespace domain {

namespace {

constexpr std::size_t day_length = 8;

void append_exact(std::string& json, std::string_view name, std::string_view value) {
  ((json += "{\"") += name) += "\":";
  base::append_json_text(json, value);
  json += "},";
}

// The fields of a form that its policy repeats as conditions, beside the bucket and the range.
std::vector<FormField> bound_fields(const FormTerms& terms, const base::AwsSigner& signer,
                                    const std::string& moment) {
  std::vector<FormField> fields;
  fields.reserve(9);  // with policy and signature
  const auto add = [&](std::string_view name, std::string value) {
    fields.push_back({std::string(name), std::move(value)});
  };
  add("key", terms.key);
  add("Content-Type", terms.content_type);
  if (terms.success_action_status)
    add("success_action_status", std::to_string(*terms.success_action_status));
  add("x-amz-algorithm", std::string(base::sigv4_algorithm));
  add("x-amz-credential", signer.credential(std::string_view(moment).substr(0, day_length)));
  add("x-amz-date", moment);
  if (!signer.credentials().session_token.empty())
    add("x-amz-security-token", signer.credentials().session_token);
  return fields;
}

std::string policy_over(const FormTerms& terms, const std::vector<FormField>& fields) {
  std::string json;
  json.reserve(640);
  base::append_json_text(json += "{\"expiration\":", base::format_utc(terms.expires_at));
  append_exact(json += ",\"conditions\":[", "bucket", terms.bucket);
  for (const FormField& one : fields) append_exact(json, one.name, one.value);
  json += "[\"content-length-range\"," + std::to_string(terms.bytes_min) + "," +
          std::to_string(terms.bytes_max) + "]]}";
  return json;
}

// Fields by lower-case name, one of each: values of one name joined by commas, ${filename} put in.
// The bucket posted to counts as a field; one sent beside it must not say another.
std::vector<FormField> gathered(const PostedForm& form) {
  std::vector<FormField> fields;
  const auto add = [&](const std::string& name, std::string value) {
    const auto same = std::ranges::find(fields, name, &FormField::name);
    if (same == fields.end())
      fields.push_back({name, std::move(value)});
    else if (name != "bucket" || same->value != value)
      (same->value += ',') += value;
  };
  for (const FormField& one : form.fields) {
    const std::string name = base::lowered(one.name);
    const bool is_signed_text = name == "policy" || name == "x-amz-signature";
    add(name, is_signed_text ? one.value : with_filename(one.value, form.filename));
  }
  add("bucket", form.bucket);
  return fields;
}

S3Refusal wrong_credential(std::string detail) {
  return {400,
          "AuthorizationQueryParametersError",
          "Error parsing the X-Amz-Credential parameter; " + std::move(detail),
          {}};
}

S3Refusal wrong_signature(const std::string& key_id, const std::string& policy,
                          const std::string& signature) {
  std::string bytes;
  for (const char c : policy) {
    if (!bytes.empty()) bytes += ' ';
    bytes += base::hex({&c, 1});
  }
  return {403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided. Check "
          "your key and signing method.",
          {{"AWSAccessKeyId", key_id},
           {"StringToSign", policy},
           {"SignatureProvided", signature},
           {"StringToSignBytes", bytes}}};
}

std::optional<S3Refusal> scope_refusal(const base::CredentialClaim& claim,
                                       const base::AwsSigner& signer, std::string_view moment) {
  if (claim.scope.region != signer.region()) {
    S3Refusal refusal = wrong_credential("the region '" + claim.scope.region +
                                         "' is wrong; expecting '" + signer.region() + "'");
    refusal.extras = {{"Region", signer.region()}};
    return refusal;
  }
  if (claim.scope.service != signer.service())
    return wrong_credential("incorrect service \"" + claim.scope.service +
                            "\". This endpoint belongs to \"" + signer.service() + "\".");
  if (claim.scope.day != moment.substr(0, day_length))
    return S3Refusal{400,
                     "AuthorizationQueryParametersError",
                     "Invalid credential date \"" + claim.scope.day +
                         "\". This date is not the same as X-Amz-Date: \"" +
                         std::string(moment.substr(0, day_length)) + "\".",
                     {}};
  return std::nullopt;
}

struct SignatureFields {
  const std::string* policy;
  const std::string* algorithm;
  const std::string* credential;
  const std::string* moment;
  const std::string* signature;
};

std::optional<S3Refusal> missing_signature_field(const SignatureFields& sent) {
  if (!sent.algorithm && !sent.credential && !sent.moment && !sent.signature)
    return s3_access_denied();
  if (!sent.algorithm) return s3_missing_field("X-Amz-Algorithm");
  if (!sent.credential) return s3_missing_field("X-Amz-Credential");
  if (!sent.moment) return s3_missing_field("X-Amz-Date");
  if (!sent.signature) return s3_missing_field("X-Amz-Signature");
  if (!sent.policy) return s3_missing_field("Policy");
  return std::nullopt;
}

// Whether the key signed the policy, before a byte of it is read.
std::optional<S3Refusal> signature_refusal(const std::vector<FormField>& fields,
                                           const base::AwsSigner& signer, base::Instant now) {
  const SignatureFields sent{value_in(fields, "policy"), value_in(fields, "x-amz-algorithm"),
                             value_in(fields, "x-amz-credential"), value_in(fields, "x-amz-date"),
                             value_in(fields, "x-amz-signature")};
  if (auto refusal = missing_signature_field(sent)) return refusal;
  if (*sent.algorithm != base::sigv4_algorithm)
    return S3Refusal{400,
                     "InvalidRequest",
                     "The authorization mechanism you have provided is not supported. Please use "
                     "AWS4-HMAC-SHA256.",
                     {}};
  const auto claim = base::credential_claim_from(*sent.credential);
  if (!claim)
    return wrong_credential(
        "the Credential is mal-formed; expecting "
        "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
  const auto signed_at = base::signing_moment_from(*sent.moment);
  if (!signed_at)
    return S3Refusal{400,
                     "AuthorizationQueryParametersError",
                     "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
                     {}};
  if (auto refusal = scope_refusal(*claim, signer, *sent.moment)) return refusal;
  const std::string& key_id = signer.credentials().access_key_id;
  if (claim->access_key_id != key_id)
    return s3_refusal_of(base::SignatureFault::unknown_key, signer);
  const std::string expected = signer.policy_signature(*sent.policy, claim->scope.day);
  if (!base::equal_constant_time(expected, *sent.signature))
    return wrong_signature(key_id, *sent.policy, *sent.signature);
  const std::string* token = value_in(fields, "x-amz-security-token");
  if (!base::equal_constant_time(token ? *token : "", signer.credentials().session_token))
    return s3_refusal_of(base::SignatureFault::wrong_token, signer);
  // A signing key is good for seven days, whatever the policy says.
  if (now - *signed_at > base::sigv4_lifetime_max)
    return s3_access_denied("Invalid according to Policy: Policy expired.");
  if (*signed_at - now > base::sigv4_skew_max)
    return s3_refusal_of(base::SignatureFault::skewed, signer);
  return std::nullopt;
}

std::optional<S3Refusal> key_refusal(const std::string& key) {
  if (key.empty())
    return S3Refusal{400,
                     "UserKeyMustBeSpecified",
                     "The bucket POST must contain the specified field name. If it is specified, "
                     "please check the order of the fields.",
                     {}};
  if (key.size() > object_key_bytes_max)
    return S3Refusal{400,
                     "KeyTooLongError",
                     "Your key is too long",
                     {{"Size", std::to_string(key.size())},
                      {"MaxSizeAllowed", std::to_string(object_key_bytes_max)}}};
  for (const std::string_view segment : base::split(key, '/'))
    if (segment == "." || segment == "..")
      return S3Refusal{400, "InvalidURI", "Couldn't parse the specified URI.", {{"URI", key}}};
  return std::nullopt;
}

bool is_absolute_address(const std::string& text) {
  const std::string start = base::lowered(text.substr(0, 8));
  const std::size_t scheme = start.starts_with("https://")  ? 8
                             : start.starts_with("http://") ? 7
                                                            : 0;
  return scheme > 0 && text.size() > scheme && text[scheme] != '/' &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

AcceptedForm accepted(const std::vector<FormField>& fields, ByteRange range) {
  AcceptedForm form;
  form.key = *value_in(fields, "key");
  const std::string* type = value_in(fields, "content-type");
  form.content_type = type ? *type : "binary/octet-stream";
  form.bytes_min = range.min;
  form.bytes_max = range.max;
  const std::string* status = value_in(fields, "success_action_status");
  if (status && (*status == "200" || *status == "201"))
    form.success_status = *status == "200" ? 200 : 201;
  const std::string* redirect = value_in(fields, "success_action_redirect");
  if (!redirect) redirect = value_in(fields, "redirect");
  if (redirect && is_absolute_address(*redirect)) form.redirect = *redirect;
  return form;
}

}  // namespace

std::string policy_text(const FormTerms& terms, const base::AwsSigner& signer, base::Instant now) {
  return policy_over(terms, bound_fields(terms, signer, base::format_utc_compact(now)));
}

std::vector<FormField> presigned_fields(const FormTerms& terms, const base::AwsSigner& signer,
                                        base::Instant now) {
  const std::string moment = base::format_utc_compact(now);
  std::vector<FormField> fields = bound_fields(terms, signer, moment);
  std::string policy = base::base64(policy_over(terms, fields));
  std::string signature = signer.policy_signature(policy, moment.substr(0, day_length));
  fields.push_back({"policy", std::move(policy)});
  fields.push_back({"x-amz-signature", std::move(signature)});
  return fields;
}

std::variant<AcceptedForm, S3Refusal> judge_form(const PostedForm& form,
                                                 const base::AwsSigner& signer, base::Instant now) {
  const std::vector<FormField> fields = gathered(form);
  if (!value_in(fields, "key")) return s3_missing_field("key");
  if (auto refusal = signature_refusal(fields, signer, now)) return *refusal;
  const auto policy = posted_policy_from(*value_in(fields, "policy"));
  if (const auto* refusal = std::get_if<S3Refusal>(&policy)) return *refusal;
  const auto& posted = std::get<PostedPolicy>(policy);
  if (posted.expires_at <= now)
    return s3_access_denied("Invalid according to Policy: Policy expired.");
  if (auto refusal = condition_refusal(posted, fields)) return *refusal;
  if (auto refusal = key_refusal(*value_in(fields, "key"))) return *refusal;
  return accepted(fields, range_of(posted));
}

std::optional<S3Refusal> size_refusal(const AcceptedForm& form, std::int64_t bytes) {
  if (bytes > form.bytes_max) return s3_too_large(bytes, form.bytes_max);
  if (bytes < form.bytes_min) return s3_too_small(bytes, form.bytes_min);
  return std::nullopt;
}

base::Response success_of(const AcceptedForm& form, std::string_view location,
                          std::string_view bucket, std::string_view etag) {
  base::Response response;
  const std::string quoted = "\"" + std::string(etag) + "\"";
  response.set("ETag", quoted);
  if (!form.redirect.empty()) {
    const auto fragment = std::min(form.redirect.find('#'), form.redirect.size());
    std::string target = form.redirect.substr(0, fragment);
    target += target.find('?') == std::string::npos ? '?' : '&';
    target += "bucket=" + base::percent_encoded(bucket) +
              "&key=" + base::percent_encoded(form.key) + "&etag=" + base::percent_encoded(quoted);
    response.status = 303;
    response.set("Location", target + form.redirect.substr(fragment));
    return response;
  }
  response.status = form.success_status;
  response.set("Location", location);
  if (form.success_status == 201) {
    response.set("Content-Type", "application/xml");
    response.body = post_response_xml(location, bucket, form.key, etag);
  }
  return response;
}

}  // namespace domain
