// What base/sigv4 is made of: the signature that a request claims to carry, read apart.
// Always: what is read here is claimed, not proved.
// Refuses: claims not of the form, in two places at once, or with a parameter twice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/sigv4.h"

namespace base {

struct SignatureClaim {
  CredentialClaim credential;
  std::string moment;  // 20260101T000000Z
  Instant signed_at;
  std::optional<std::chrono::seconds> lifetime;  // of a presigned address
  std::vector<std::string> signed_names;         // lower case, sorted
  std::string signature;
  std::string session_token;  // empty: none
  std::string payload_hash;
  std::string query;  // without the signature
};

// Error: missing or malformed.
std::variant<SignatureClaim, SignatureFault> signature_claim(const SignableRequest& request,
                                                             std::string_view service);

// Host, and each x-amz-* header that was sent, is among the names; each name was sent.
bool covers_what_must_be_signed(const std::vector<std::string>& signed_names,
                                const std::vector<Header>& headers);

// none, skewed or expired.
SignatureFault fault_of_time(const SignatureClaim& claim, Instant now);

}  // namespace base
