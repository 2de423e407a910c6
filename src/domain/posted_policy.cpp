#include "domain/posted_policy.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "base/json.h"
#include "base/text.h"

namespace domain {

namespace {

namespace json = base::json;

// A condition that was read, or why the whole policy is refused.
using ReadCondition = std::variant<PolicyCondition, S3Refusal>;

S3Refusal invalid_policy(std::string detail) {
  return {400, "InvalidPolicyDocument", "Invalid Policy: " + std::move(detail), {}};
}

std::string text_of(const json::string& text) {
  return {text.data(), text.size()};
}

// S3's policies know two escapes that JSON does not: \$ and \v.
std::string as_json(std::string_view policy) {
  std::string out;
  out.reserve(policy.size());
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] != '\\' || i + 1 == policy.size()) {
      out += policy[i];
      continue;
    }
    const char escaped = policy[++i];
    if (escaped == '$')
      out += '$';
    else if (escaped == 'v')
      out += "\\u000b";
    else
      (out += '\\') += escaped;
  }
  return out;
}

// "2026-01-02T00:00:00Z", with or without milliseconds.
std::optional<base::Instant> expiration_from(const json::value& value) {
  const json::string* text = value.if_string();
  if (!text) return std::nullopt;
  std::string written = text_of(*text);
  std::chrono::milliseconds fraction{0};
  constexpr std::size_t whole_length = 19;
  if (written.size() == whole_length + 5 && written[whole_length] == '.') {
    const auto digits = base::parse_unsigned(written.substr(whole_length + 1, 3));
    if (!digits) return std::nullopt;
    fraction = std::chrono::milliseconds(*digits);
    written.erase(whole_length, 4);
  }
  const auto instant = base::parse_utc(written);
  return instant ? std::optional(*instant + fraction) : std::nullopt;
}

// `["eq", "$key", "value"]`
std::string printed(const json::array& condition) {
  std::string out = "[";
  for (const json::value& one : condition) {
    if (&one != condition.data()) out += ", ";
    out += base::to_text(one);
  }
  return out += "]";
}

ReadCondition simple_condition(const json::object& condition) {
  if (condition.size() != 1)
    return invalid_policy(
        "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
  const auto& member = *condition.begin();
  const json::string* value = member.value().if_string();
  if (!value) return invalid_policy("Invalid Simple-Condition: value must be a string.");
  const std::string name(member.key().data(), member.key().size());
  const json::array as_array{"eq", "$" + name, *value};
  return PolicyCondition{
      PolicyCondition::Kind::exact, base::lowered(name), text_of(*value), {}, printed(as_array)};
}

// A bound of a range, a number or its digits in quotes. nullopt: neither.
std::optional<std::int64_t> bound_from(const json::value& value) {
  if (const std::int64_t* number = value.if_int64()) return *number;
  if (value.is_uint64()) return std::numeric_limits<std::int64_t>::max();
  const json::string* text = value.if_string();
  return text ? base::parse_unsigned(text_of(*text)) : std::nullopt;
}

ReadCondition range_condition(const json::array& condition) {
  PolicyCondition range;
  range.text = printed(condition);
  if (condition.size() != 3)
    return invalid_policy("Invalid content-length-range condition: two bounds are required.");
  const auto min = bound_from(condition[1]);
  const auto max = bound_from(condition[2]);
  if (!min || !max) return range;
  if (*min < 0 || *max < 0)
    return invalid_policy("Invalid content-length-range condition: a bound is negative.");
  range.kind = PolicyCondition::Kind::range;
  range.range = {*min, *max};
  return range;
}

// S3 holds these against one value only.
bool takes_exact_only(std::string_view name) {
  static constexpr std::array<std::string_view, 5> names{
      "bucket", "success_action_status", "x-amz-algorithm", "x-amz-credential", "x-amz-date"};
  return std::ranges::find(names, name) != names.end();
}

ReadCondition array_condition(const json::array& condition) {
  PolicyCondition read;
  read.text = printed(condition);
  const json::string* word = condition.empty() ? nullptr : condition[0].if_string();
  const std::string kind = word ? base::lowered(text_of(*word)) : "";
  if (kind == "content-length-range") return range_condition(condition);
  if (condition.size() != 3 || !condition[1].is_string() || !condition[2].is_string()) return read;
  const std::string name = text_of(condition[1].get_string());
  if (!name.starts_with('$')) return read;
  read.name = base::lowered(name.substr(1));
  read.value = text_of(condition[2].get_string());
  if (kind == "eq") read.kind = PolicyCondition::Kind::exact;
  if (kind == "starts-with" && !takes_exact_only(read.name))
    read.kind = PolicyCondition::Kind::prefix;
  return read;
}

ReadCondition condition_from(const json::value& value) {
  if (const json::object* object = value.if_object()) return simple_condition(*object);
  if (const json::array* array = value.if_array()) return array_condition(*array);
  return invalid_policy("Invalid condition.");
}

bool begins_with_prefix(const PolicyCondition& condition, const std::string& value) {
  if (condition.name != "content-type") return value.starts_with(condition.value);
  return std::ranges::all_of(base::split(value, ','), [&](std::string_view one) {
    return base::trimmed(one).starts_with(condition.value);
  });
}

bool holds(const PolicyCondition& condition, const std::vector<FormField>& fields) {
  if (condition.kind == PolicyCondition::Kind::range) return true;  // judged by the file's size
  const std::string* value = value_in(fields, condition.name);
  if (!value || condition.kind == PolicyCondition::Kind::nonsense) return false;
  return condition.kind == PolicyCondition::Kind::exact ? *value == condition.value
                                                        : begins_with_prefix(condition, *value);
}

bool needs_no_condition(std::string_view name) {
  return name == "policy" || name == "x-amz-signature" || name == "file" ||
         name.starts_with("x-ignore-");
}

}  // namespace

std::variant<PostedPolicy, S3Refusal> posted_policy_from(std::string_view base64) {
  const auto bytes = base::base64_decoded(base64);
  if (!bytes) return invalid_policy("Invalid JSON.");
  const auto read = base::parse_json_object(as_json(*bytes));
  if (!read) return invalid_policy("Invalid JSON.");
  for (const auto& member : *read)
    if (member.key() != "expiration" && member.key() != "conditions")
      return invalid_policy("Unexpected: '" +
                            std::string(member.key().data(), member.key().size()) + "'.");
  const json::value* expiration = read->if_contains("expiration");
  if (!expiration) return invalid_policy("Policy missing expiration.");
  const auto expires_at = expiration_from(*expiration);
  if (!expires_at)
    return invalid_policy("Invalid 'expiration' value: " + base::to_text(*expiration));
  const json::value* conditions = read->if_contains("conditions");
  if (!conditions || !conditions->is_array()) return invalid_policy("Policy missing conditions.");
  PostedPolicy policy{*expires_at, {}};
  for (const json::value& one : conditions->get_array()) {
    ReadCondition condition = condition_from(one);
    if (auto* refusal = std::get_if<S3Refusal>(&condition)) return std::move(*refusal);
    policy.conditions.push_back(std::get<PolicyCondition>(std::move(condition)));
  }
  return policy;
}

std::optional<S3Refusal> condition_refusal(const PostedPolicy& policy,
                                           const std::vector<FormField>& fields) {
  for (const PolicyCondition& one : policy.conditions)
    if (!holds(one, fields))
      return s3_access_denied("Invalid according to Policy: Policy Condition failed: " + one.text);
  for (const FormField& field : fields) {
    if (needs_no_condition(field.name)) continue;
    if (std::ranges::find(policy.conditions, field.name, &PolicyCondition::name) ==
        policy.conditions.end())
      return s3_access_denied("Invalid according to Policy: Extra input fields: " + field.name);
  }
  return std::nullopt;
}

ByteRange range_of(const PostedPolicy& policy) {
  ByteRange range;
  for (const PolicyCondition& one : policy.conditions) {
    if (one.kind != PolicyCondition::Kind::range) continue;
    range.min = std::max(range.min, one.range.min);
    range.max = std::min(range.max, one.range.max);
  }
  return range;
}

const std::string* value_in(const std::vector<FormField>& fields, std::string_view lowered_name) {
  const auto found = std::ranges::find(fields, lowered_name, &FormField::name);
  return found == fields.end() ? nullptr : &found->value;
}

std::string with_filename(std::string_view value, const std::optional<std::string>& filename) {
  constexpr std::string_view mark = "${filename}";
  std::string out;
  if (!filename) return std::string(value);
  const auto folder = filename->find_last_of("/\\");
  const std::string_view name =
      std::string_view(*filename).substr(folder == std::string::npos ? 0 : folder + 1);
  for (;;) {
    const auto at = value.find(mark);
    out += value.substr(0, at);
    if (at == std::string_view::npos) return out;
    out += name;
    value.remove_prefix(at + mark.size());
  }
}

}  // namespace domain
