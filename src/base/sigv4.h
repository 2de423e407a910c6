// AWS Signature Version 4: signs and verifies requests, in their headers or in their query, and
// the policies of S3's POST forms.
// Always: signatures are compared in constant time; a signer may be used by many threads, and
// derives its key once a day.
// Refuses: broken percent escapes, claims that are not of the form, host or x-amz-* headers that
// were sent but not signed, times off by more than 15 minutes, presigned lifetimes over 7 days.
// Source: AWS General Reference, "Signature Version 4 signing process". Paths to S3 are encoded
// once and left as they are; for all other services normalised and encoded once more.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/http.h"
#include "base/result.h"
#include "base/time.h"

namespace base {

inline constexpr std::string_view sigv4_algorithm = "AWS4-HMAC-SHA256";
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";
inline constexpr std::chrono::minutes sigv4_skew_max{15};
inline constexpr std::chrono::seconds sigv4_lifetime_max{7 * 24 * 3600};

struct AwsCredentials {
  std::string access_key_id;
  std::string secret;
  std::string session_token;  // empty: a long-lived key
};

// Where a signature holds: "{day}/{region}/{service}/aws4_request".
struct SigningScope {
  std::string day;  // 20260101
  std::string region;
  std::string service;
  friend bool operator==(const SigningScope&, const SigningScope&) = default;
};

// A credential as forms, queries and headers carry it: "AKID/20260101/eu-west-1/s3/aws4_request".
struct CredentialClaim {
  std::string access_key_id;
  SigningScope scope;
};
std::optional<CredentialClaim> credential_claim_from(std::string_view credential);
// The form of X-Amz-Date, "20260101T000000Z".
std::optional<Instant> signing_moment_from(std::string_view text);

// A request as it is or will be on the wire. headers holds host; views live as long as the call.
struct SignableRequest {
  std::string_view method;
  std::string_view path;   // not decoded
  std::string_view query;  // not decoded, without the question mark
  const std::vector<Header>* headers = nullptr;
  // Hex SHA-256 of the body, or unsigned_payload. Read when signing; a verifier reads the claim.
  std::string_view payload_hash = unsigned_payload;
};

// Why a request's signature is not taken.
enum class SignatureFault {
  none,
  missing,             // carries no signature
  malformed,           // carries one that cannot be read
  unknown_key,         // of another access key
  foreign_scope,       // for another region, service or day
  wrong_token,         // session token missing, or another
  headers_not_signed,  // host or an x-amz-* header was left out
  skewed,              // signed too long ago, or in the future
  expired,             // a presigned address past its time
  mismatch,
};

struct SignatureCheck {
  SignatureFault fault = SignatureFault::none;
  // What the body must hash to (hex), or unsigned_payload, or another word of AWS's that the
  // caller may not know and then must refuse.
  std::string payload_hash;
};

class AwsSigner {
 public:
  AwsSigner(AwsCredentials credentials, std::string region, std::string service);
  AwsSigner(AwsSigner&&) noexcept;
  AwsSigner& operator=(AwsSigner&&) noexcept;
  ~AwsSigner();

  const AwsCredentials& credentials() const { return credentials_; }
  const std::string& region() const { return region_; }
  const std::string& service() const { return service_; }
  // "AKID/20260101/eu-west-1/s3/aws4_request"; day is 20260101.
  std::string credential(std::string_view day) const;

  // Lower-case hex over the policy's base64 text, byte for byte.
  std::string policy_signature(std::string_view policy_base64, std::string_view day) const;

  // The headers to add, Authorization last: X-Amz-Date, X-Amz-Security-Token where there is one,
  // and for S3 X-Amz-Content-Sha256. All of request.headers are signed, so it holds no
  // connection, expect, user-agent or hop-by-hop header, and none of those added here. Errors:
  // malformed, a broken escape.
  Result<std::vector<Header>> signature_headers(const SignableRequest& request, Instant now) const;

  // The whole query of a presigned address, without the question mark. Errors: malformed, a
  // broken escape; invalid, a lifetime under one second or over sigv4_lifetime_max.
  Result<std::string> presigned_query(const SignableRequest& request, Instant now,
                                      std::chrono::seconds lifetime) const;

  // Whether this key signed the request, in headers or query. The body is the caller's to hash.
  SignatureCheck verify(const SignableRequest& request, Instant now) const;

  // SHA256-HMAC of any text with the key of a day, lower-case hex.
  std::string signature(std::string_view text, std::string_view day) const;

 private:
  struct DayKey;

  AwsCredentials credentials_;
  std::string region_;
  std::string service_;
  std::unique_ptr<DayKey> day_key_;
};

// The key that signs: HMAC over day, region, service. Costs four HMACs; AwsSigner keeps it.
Digest signing_key(std::string_view secret, const SigningScope& scope);

// The text whose SHA-256 is signed. signed_names in lower case, sorted. Errors: malformed, a broken
// escape. Public for tests against AWS's own.
Result<std::string> canonical_request(const SignableRequest& request,
                                      const std::vector<std::string>& signed_names,
                                      std::string_view service);

}  // namespace base
