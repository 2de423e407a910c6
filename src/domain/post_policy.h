// PostPolicy: what a form that posts a file to the object store may do: written and signed here,
// judged here, as S3 does.
// Always: what is signed and checked are the policy's own bytes, never a text written anew; a form
// is judged before one byte of its file is kept; a field without a condition is refused.
// Refuses: by S3's own codes, statuses and messages (domain/s3_refusal.h).
// Source: Amazon S3 API Reference, "Creating a POST policy" and "POST Object".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/http.h"
#include "base/sigv4.h"
#include "base/time.h"

#include "domain/s3_refusal.h"

namespace domain {

inline constexpr std::size_t object_key_bytes_max = 1024;
inline constexpr std::int64_t object_bytes_max = 5'368'709'120;

struct FormField {
  std::string name;
  std::string value;
  friend bool operator==(const FormField&, const FormField&) = default;
};

// One form: an exact key of an exact type, a size within bounds, until an instant.
struct FormTerms {
  std::string bucket;
  std::string key;
  std::string content_type;
  std::int64_t bytes_min = 1;
  std::int64_t bytes_max = 1;
  std::optional<int> success_action_status;  // 200, 201 or 204
  base::Instant expires_at;                  // whole seconds
};

// The policy's JSON, before base64.
std::string policy_text(const FormTerms& terms, const base::AwsSigner& signer, base::Instant now);
// The fields to post before the file, signed, the key first.
std::vector<FormField> presigned_fields(const FormTerms& terms, const base::AwsSigner& signer,
                                        base::Instant now);

// What came before the file's bytes.
struct PostedForm {
  std::string bucket;                   // the one posted to
  std::vector<FormField> fields;        // as sent, in their order
  std::optional<std::string> filename;  // of the file's part
};

// A form that may store its file, if the size is right.
struct AcceptedForm {
  std::string key;
  std::string content_type;  // binary/octet-stream where the form names none
  std::int64_t bytes_min = 0;
  std::int64_t bytes_max = object_bytes_max;
  int success_status = 204;
  std::string redirect;  // an absolute http or https address; empty: none
};

// In S3's order: key, signature fields, signature, policy, expiry, conditions, fields without one.
// Size is judged with size_refusal. Fields named twice count as one, joined by commas.
std::variant<AcceptedForm, S3Refusal> judge_form(const PostedForm& form,
                                                 const base::AwsSigner& signer, base::Instant now);

// nullopt: so many bytes are within the form's range.
std::optional<S3Refusal> size_refusal(const AcceptedForm& form, std::int64_t bytes);

// The answer to a file that was stored. location is the object's address; etag has no quotes.
base::Response success_of(const AcceptedForm& form, std::string_view location,
                          std::string_view bucket, std::string_view etag);

}  // namespace domain
