// PostedPolicy: what post_policy judges by: a policy read apart, and its conditions held against a
// form's fields.
// Always: reading comes after the signature was proved; a condition that cannot be understood is
// one that fails.
// Refuses: as S3 does, see domain/post_policy.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"

#include "domain/post_policy.h"

namespace domain {

struct ByteRange {
  std::int64_t min = 0;
  std::int64_t max = object_bytes_max;
};

struct PolicyCondition {
  enum class Kind { exact, prefix, range, nonsense };
  Kind kind = Kind::nonsense;
  std::string name;   // of the field, in lower case
  std::string value;  // or the prefix
  ByteRange range;
  std::string text;  // as S3 prints it
};

struct PostedPolicy {
  base::Instant expires_at;
  std::vector<PolicyCondition> conditions;
};

std::variant<PostedPolicy, S3Refusal> posted_policy_from(std::string_view base64);

// fields by lower-case name, each once, the bucket among them. The first condition that fails, else
// the first field without a condition.
std::optional<S3Refusal> condition_refusal(const PostedPolicy& policy,
                                           const std::vector<FormField>& fields);

// What all ranges of a policy leave.
ByteRange range_of(const PostedPolicy& policy);

// nullptr: no such field.
const std::string* value_in(const std::vector<FormField>& fields, std::string_view lowered_name);

// ${filename} becomes the file's name without its folders; without a name it stays as it is.
std::string with_filename(std::string_view value, const std::optional<std::string>& filename);

}  // namespace domain
