#include "base/sigv4_claim.h"

#include <algorithm>

#include "base/text.h"

namespace base {

namespace {

constexpr std::size_t moment_length = 16;      // 20260101T000000Z
constexpr std::size_t signature_length = 64;   // hex of 32 bytes
constexpr std::size_t signed_names_max = 100;  // more is no client of ours

bool is_signature(std::string_view text) {
  return text.size() == signature_length &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Lower case, strictly rising: the one spelling that signers write.
std::optional<std::vector<std::string>> signed_names_from(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string_view one : split(text, ';')) {
    if (one.empty() || lowered(one) != one || names.size() == signed_names_max) return std::nullopt;
    if (!names.empty() && names.back() >= one) return std::nullopt;
    names.emplace_back(one);
  }
  return names;
}

// The one value of a header; nullopt when it is absent. twice is set where it stands twice.
std::optional<std::string> sole_header(const std::vector<Header>& headers, std::string_view name,
                                       bool& twice) {
  std::optional<std::string> found;
  for (const Header& one : headers) {
    if (!equal_ignoring_case(one.name, name)) continue;
    if (found) twice = true;
    found = std::string(trimmed(one.value));
  }
  return found;
}

// The parts that a claim is read from, wherever they stood.
struct Parts {
  std::optional<std::string> algorithm;
  std::optional<std::string> credential;
  std::optional<std::string> signed_headers;
  std::optional<std::string> signature;
  std::optional<std::string> moment;
  std::optional<std::string> expires;
  std::optional<std::string> token;
  std::optional<std::string> payload_hash;
  bool broken = false;
  std::string query;  // without the signature
};

bool put_once(std::optional<std::string>& place, std::string value) {
  if (place) return false;
  place = std::move(value);
  return true;
}

std::optional<std::string>* place_of(Parts& parts, std::string_view name) {
  if (name == "X-Amz-Algorithm") return &parts.algorithm;
  if (name == "X-Amz-Credential") return &parts.credential;
  if (name == "X-Amz-SignedHeaders") return &parts.signed_headers;
  if (name == "X-Amz-Signature") return &parts.signature;
  if (name == "X-Amz-Date") return &parts.moment;
  if (name == "X-Amz-Expires") return &parts.expires;
  if (name == "X-Amz-Security-Token") return &parts.token;
  if (name == "X-Amz-Content-Sha256") return &parts.payload_hash;
  return nullptr;
}

Parts parts_of_query(std::string_view query) {
  Parts parts;
  for (const std::string_view one : split(query, '&')) {
    const auto equals = std::min(one.find('='), one.size());
    const auto name = percent_decoded(one.substr(0, equals));
    const auto value = percent_decoded(one.substr(std::min(equals + 1, one.size())));
    if (!name || !value) {
      parts.broken = true;
      return parts;
    }
    std::optional<std::string>* place = place_of(parts, *name);
    if (place && !put_once(*place, *value)) parts.broken = true;
    if (place == &parts.signature) continue;
    if (!parts.query.empty()) parts.query += '&';
    parts.query += one;
  }
  return parts;
}

// "AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…", with or without the blanks.
Parts parts_of_header(std::string_view authorization) {
  Parts parts;
  const auto blank = authorization.find(' ');
  parts.algorithm = std::string(authorization.substr(0, blank));
  if (blank == std::string_view::npos) return parts;
  for (const std::string_view part : split(authorization.substr(blank + 1), ',')) {
    const std::string_view one = trimmed(part);
    const auto equals = std::min(one.find('='), one.size());
    const std::string_view name = one.substr(0, equals);
    std::string value(one.substr(std::min(equals + 1, one.size())));
    std::optional<std::string>* place = name == "Credential"      ? &parts.credential
                                        : name == "SignedHeaders" ? &parts.signed_headers
                                        : name == "Signature"     ? &parts.signature
                                                                  : nullptr;
    if (!place || !put_once(*place, std::move(value))) parts.broken = true;
  }
  return parts;
}

std::optional<SignatureClaim> claim_from(const Parts& parts) {
  if (parts.broken || parts.algorithm != sigv4_algorithm || !parts.credential ||
      !parts.signed_headers || !parts.signature || !parts.moment)
    return std::nullopt;
  auto credential = credential_claim_from(*parts.credential);
  auto names = signed_names_from(*parts.signed_headers);
  const auto signed_at = signing_moment_from(*parts.moment);
  if (!credential || !names || !signed_at || !is_signature(*parts.signature)) return std::nullopt;
  SignatureClaim claim{std::move(*credential),
                       *parts.moment,
                       *signed_at,
                       std::nullopt,
                       std::move(*names),
                       *parts.signature,
                       parts.token.value_or(""),
                       parts.payload_hash.value_or(""),
                       parts.query};
  if (parts.expires) {
    const auto seconds = parse_unsigned(*parts.expires);
    if (!seconds || *seconds < 1 || *seconds > sigv4_lifetime_max.count()) return std::nullopt;
    claim.lifetime = std::chrono::seconds(*seconds);
  }
  return claim;
}

}  // namespace

std::optional<Instant> signing_moment_from(std::string_view text) {
  if (text.size() != moment_length || text[8] != 'T' || text.back() != 'Z') return std::nullopt;
  std::string spaced(text);
  for (const std::size_t at : {13u, 11u}) spaced.insert(at, ":");
  for (const std::size_t at : {6u, 4u}) spaced.insert(at, "-");
  const auto instant = parse_utc(spaced);
  return instant ? std::optional(*instant) : std::nullopt;
}

std::optional<CredentialClaim> credential_claim_from(std::string_view credential) {
  const auto parts = split(credential, '/');
  if (parts.size() != 5 || parts[4] != "aws4_request") return std::nullopt;
  for (const std::string_view one : parts)
    if (one.empty()) return std::nullopt;
  if (parts[1].size() != 8 || !parse_unsigned(parts[1])) return std::nullopt;
  return CredentialClaim{std::string(parts[0]),
                         {std::string(parts[1]), std::string(parts[2]), std::string(parts[3])}};
}

std::variant<SignatureClaim, SignatureFault> signature_claim(const SignableRequest& request,
                                                             std::string_view service) {
  const std::vector<Header>& headers = *request.headers;
  bool twice = false;
  const auto authorization = sole_header(headers, "Authorization", twice);
  Parts parts = parts_of_query(request.query);
  const bool in_query = parts.algorithm || parts.signature || parts.credential;
  if (!authorization && !in_query)
    return parts.broken ? SignatureFault::malformed : SignatureFault::missing;
  if (authorization && in_query) return SignatureFault::malformed;

  if (authorization) {
    parts = parts_of_header(*authorization);
    parts.query = request.query;
    parts.moment = sole_header(headers, "X-Amz-Date", twice);
    parts.token = sole_header(headers, "X-Amz-Security-Token", twice);
  } else if (!parts.expires) {
    return SignatureFault::malformed;
  }
  if (auto sent = sole_header(headers, "X-Amz-Content-Sha256", twice)) parts.payload_hash = sent;
  if (!parts.payload_hash) {
    // S3 wants to be told in the header; an address alone says nothing of a body.
    if (service == "s3" && authorization) return SignatureFault::malformed;
    parts.payload_hash =
        service == "s3" ? std::string(unsigned_payload) : std::string(request.payload_hash);
  }
  if (twice) return SignatureFault::malformed;
  auto claim = claim_from(parts);
  if (!claim) return SignatureFault::malformed;
  return std::move(*claim);
}

bool covers_what_must_be_signed(const std::vector<std::string>& signed_names,
                                const std::vector<Header>& headers) {
  const auto is_signed = [&](const std::string& name) {
    return std::ranges::binary_search(signed_names, name);
  };
  if (!is_signed("host")) return false;
  const bool all_signed = std::ranges::all_of(headers, [&](const Header& one) {
    const std::string name = lowered(one.name);
    return !name.starts_with("x-amz-") || is_signed(name);
  });
  const bool all_sent = std::ranges::all_of(signed_names, [&](const std::string& name) {
    return std::ranges::any_of(
        headers, [&](const Header& one) { return equal_ignoring_case(one.name, name); });
  });
  return all_signed && all_sent;
}

SignatureFault fault_of_time(const SignatureClaim& claim, Instant now) {
  if (claim.signed_at - now > sigv4_skew_max) return SignatureFault::skewed;
  if (claim.lifetime)
    return now < claim.signed_at + *claim.lifetime ? SignatureFault::none : SignatureFault::expired;
  return now - claim.signed_at > sigv4_skew_max ? SignatureFault::skewed : SignatureFault::none;
}

}  // namespace base
