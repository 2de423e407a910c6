#include "base/sigv4.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/sigv4_claim.h"
#include "base/text.h"

namespace base {

namespace {

constexpr std::string_view scope_end = "aws4_request";
constexpr std::size_t day_length = 8;

std::string scope_text(std::string_view day, std::string_view region, std::string_view service) {
  std::string text;
  text.reserve(day.size() + region.size() + service.size() + scope_end.size() + 3);
  for (const std::string_view part : {day, region, service}) (text += part) += '/';
  return text += scope_end;
}

std::string hex_digest(std::string_view text) {
  return hex(bytes_of(sha256(text)));
}

std::string string_to_sign(std::string_view moment, const SigningScope& scope,
                           std::string_view canonical) {
  return std::string(sigv4_algorithm) + "\n" + std::string(moment) + "\n" +
         scope_text(scope.day, scope.region, scope.service) + "\n" + hex_digest(canonical);
}

std::vector<std::string> names_of(const std::vector<Header>& headers) {
  std::vector<std::string> names;
  names.reserve(headers.size());
  for (const Header& one : headers) names.push_back(lowered(one.name));
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

void add_parameter(std::string& query, std::string_view name, std::string_view value) {
  if (!query.empty()) query += '&';
  ((query += name) += '=') += percent_encoded(value);
}

}  // namespace

// One day's key. A signer outlives many days and is asked by many threads.
struct AwsSigner::DayKey {
  std::mutex mutex;
  std::string day;
  Digest key{};
};

AwsSigner::AwsSigner(AwsCredentials credentials, std::string region, std::string service)
    : credentials_(std::move(credentials)),
      region_(std::move(region)),
      service_(std::move(service)),
      day_key_(std::make_unique<DayKey>()) {}
AwsSigner::AwsSigner(AwsSigner&&) noexcept = default;
AwsSigner& AwsSigner::operator=(AwsSigner&&) noexcept = default;
AwsSigner::~AwsSigner() = default;

Digest signing_key(std::string_view secret, const SigningScope& scope) {
  Digest key = hmac_sha256("AWS4" + std::string(secret), scope.day);
  for (const std::string_view part :
       {std::string_view(scope.region), std::string_view(scope.service), scope_end})
    key = hmac_sha256(bytes_of(key), part);
  return key;
}

std::string AwsSigner::credential(std::string_view day) const {
  return credentials_.access_key_id + "/" + scope_text(day, region_, service_);
}

std::string AwsSigner::signature(std::string_view text, std::string_view day) const {
  Digest key;
  {
    const std::lock_guard lock(day_key_->mutex);
    if (day_key_->day != day) {
      day_key_->key = signing_key(credentials_.secret, {std::string(day), region_, service_});
      day_key_->day = day;
    }
    key = day_key_->key;
  }
  return hex(bytes_of(hmac_sha256(bytes_of(key), text)));
}

std::string AwsSigner::policy_signature(std::string_view policy_base64,
                                        std::string_view day) const {
  return signature(policy_base64, day);
}

Result<std::vector<Header>> AwsSigner::signature_headers(const SignableRequest& request,
                                                         Instant now) const {
  const std::string moment = format_utc_compact(now);
  const std::string day = moment.substr(0, day_length);
  std::vector<Header> added{{"X-Amz-Date", moment}};
  if (!credentials_.session_token.empty())
    added.push_back({"X-Amz-Security-Token", credentials_.session_token});
  if (service_ == "s3")
    added.push_back({"X-Amz-Content-Sha256", std::string(request.payload_hash)});

  std::vector<Header> all = *request.headers;
  all.insert(all.end(), added.begin(), added.end());
  SignableRequest whole = request;
  whole.headers = &all;
  const std::vector<std::string> names = names_of(all);
  const std::string canonical = TRY(canonical_request(whole, names, service_));
  const std::string text = string_to_sign(moment, {day, region_, service_}, canonical);
  added.push_back({"Authorization", std::string(sigv4_algorithm) + " Credential=" +
                                        credential(day) + ", SignedHeaders=" + joined(names, ";") +
                                        ", Signature=" + signature(text, day)});
  return added;
}

Result<std::string> AwsSigner::presigned_query(const SignableRequest& request, Instant now,
                                               std::chrono::seconds lifetime) const {
  if (lifetime < std::chrono::seconds(1) || lifetime > sigv4_lifetime_max)
    return invalid("lifetime", "must be between one second and seven days");
  const std::string moment = format_utc_compact(now);
  const std::string day = moment.substr(0, day_length);
  const std::vector<std::string> names = names_of(*request.headers);
  std::string query(request.query);
  add_parameter(query, "X-Amz-Algorithm", sigv4_algorithm);
  add_parameter(query, "X-Amz-Credential", credential(day));
  add_parameter(query, "X-Amz-Date", moment);
  add_parameter(query, "X-Amz-Expires", std::to_string(lifetime.count()));
  if (!credentials_.session_token.empty())
    add_parameter(query, "X-Amz-Security-Token", credentials_.session_token);
  add_parameter(query, "X-Amz-SignedHeaders", joined(names, ";"));

  SignableRequest whole = request;
  whole.query = query;
  const std::string canonical = TRY(canonical_request(whole, names, service_));
  const std::string text = string_to_sign(moment, {day, region_, service_}, canonical);
  add_parameter(query, "X-Amz-Signature", signature(text, day));
  return query;
}

SignatureCheck AwsSigner::verify(const SignableRequest& request, Instant now) const {
  const auto read = signature_claim(request, service_);
  if (const auto* fault = std::get_if<SignatureFault>(&read)) return {*fault, {}};
  const SignatureClaim& claim = std::get<SignatureClaim>(read);
  if (claim.credential.access_key_id != credentials_.access_key_id)
    return {SignatureFault::unknown_key, {}};
  const SigningScope own{claim.moment.substr(0, day_length), region_, service_};
  if (claim.credential.scope != own) return {SignatureFault::foreign_scope, {}};
  if (!equal_constant_time(claim.session_token, credentials_.session_token))
    return {SignatureFault::wrong_token, {}};
  if (!covers_what_must_be_signed(claim.signed_names, *request.headers))
    return {SignatureFault::headers_not_signed, {}};

  SignableRequest signed_request = request;
  signed_request.query = claim.query;
  signed_request.payload_hash = claim.payload_hash;
  const auto canonical = canonical_request(signed_request, claim.signed_names, service_);
  if (!canonical) return {SignatureFault::malformed, {}};
  const std::string expected =
      signature(string_to_sign(claim.moment, own, canonical.value()), own.day);
  if (!equal_constant_time(expected, claim.signature)) return {SignatureFault::mismatch, {}};
  // Times last: only who holds the key learns that it is merely late.
  const SignatureFault time_fault = fault_of_time(claim, now);
  if (time_fault != SignatureFault::none) return {time_fault, {}};
  return {SignatureFault::none, claim.payload_hash};
}

}  // namespace base
