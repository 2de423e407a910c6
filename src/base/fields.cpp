#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace base {

namespace {

// A sender of a hundred thousand unknown names gets no answer of a hundred thousand faults.
constexpr std::size_t faults_max = 64;
constexpr std::size_t name_bytes_max = 64;  // of an unknown name in its fault

// What is wrong with a text by its rule; empty when nothing is.
std::string complaint_of(const json::string& value, TextRule rule) {
  const std::string_view text(value.data(), value.size());
  if (text.empty()) return rule.may_be_empty ? "" : "must not be empty";
  const bool controlled =
      rule.multiline ? has_control_characters_besides_newline(text) : has_control_characters(text);
  if (controlled || has_turning_characters(text)) return "contains a control character";
  if (!rule.may_be_empty && is_blank(text)) return "must not be empty";
  if (length_utf8(text) > rule.length_max)
    return "is longer than " + std::to_string(rule.length_max) + " characters";
  return "";
}

std::string indexed(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

}  // namespace

Fields::Fields(const json::object& object, std::vector<Fault>& faults, std::string path,
               Nulls nulls)
    : object_(object), faults_(faults), path_(std::move(path)), nulls_(nulls) {}

const json::value* Fields::find(std::string_view name) {
  if (std::ranges::find(asked_, name) == asked_.end()) asked_.emplace_back(name);
  const json::value* value = object_.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

bool Fields::has(std::string_view name) {
  return find(name) != nullptr;
}

std::optional<std::string> Fields::text(std::string_view name, TextRule rule) {
  const json::value* value = find(name);
  if (rule.may_be_empty) clearable_.emplace_back(name);
  if (!value) return std::nullopt;
  const json::string* found = value->if_string();
  const std::string complaint = found ? complaint_of(*found, rule) : "must be a text";
  if (complaint.empty()) return std::string(found->data(), found->size());
  fault(name, complaint);
  return std::nullopt;
}

std::string Fields::required_text(std::string_view name, TextRule rule) {
  if (!has(name)) {
    fault(name, "is required");
    return "";
  }
  rule.may_be_empty = false;
  return text(name, rule).value_or("");
}

std::optional<std::int64_t> Fields::integer(std::string_view name, std::int64_t min,
                                            std::int64_t max) {
  const json::value* value = find(name);
  if (!value) return std::nullopt;
  const std::int64_t* number = value->if_int64();
  if (number && *number >= min && *number <= max) return *number;
  // A value above 2^63 is whole too, but beyond every range that can be asked for.
  if (!number && !value->is_uint64())
    fault(name, "must be a whole number");
  else
    fault(name, "must be between " + std::to_string(min) + " and " + std::to_string(max));
  return std::nullopt;
}

std::optional<bool> Fields::boolean(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return std::nullopt;
  if (const bool* truth = value->if_bool()) return *truth;
  fault(name, "must be true or false");
  return std::nullopt;
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view name, std::size_t count_max,
                                                      TextRule rule) {
  const json::array* found = array(name, count_max);
  if (!found) return std::nullopt;
  std::vector<std::string> answer;
  for (const json::value& one : *found) {
    const json::string* text = one.if_string();
    const std::string complaint = text ? complaint_of(*text, rule) : "must be a text";
    if (!complaint.empty()) {
      fault(indexed(name, answer.size()), complaint);
      return std::nullopt;
    }
    answer.emplace_back(text->data(), text->size());
  }
  return answer;
}

const json::object* Fields::object(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return nullptr;
  if (const json::object* found = value->if_object()) return found;
  fault(name, "must be an object");
  return nullptr;
}

const json::array* Fields::array(std::string_view name, std::size_t count_max) {
  const json::value* value = find(name);
  if (!value) return nullptr;
  const json::array* found = value->if_array();
  if (found && found->size() <= count_max) return found;
  fault(name, found ? "has more than " + std::to_string(count_max) + " entries" : "must be a list");
  return nullptr;
}

void Fields::fault(std::string_view name, std::string message) {
  // Whoever finds fault with a field knows it: finish() has nothing to add.
  if (std::ranges::find(asked_, name) == asked_.end()) asked_.emplace_back(name);
  if (faults_.size() < faults_max) faults_.push_back({path_of(name), std::move(message)});
}

std::string Fields::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void Fields::finish() {
  for (const auto& member : object_) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::ranges::find(asked_, name) == asked_.end())
      fault(cut_utf8(name, name_bytes_max), "is not a known field");
    else if (nulls_ == Nulls::refused && member.value().is_null())
      fault(name, std::ranges::find(clearable_, name) == clearable_.end()
                      ? "is null: leave it out"
                      : "is null: leave it out, or send \"\" to clear it");
  }
}

std::optional<Error> error_from(std::vector<Fault> faults) {
  if (faults.empty()) return std::nullopt;
  Error error{Kind::invalid, faults.front().field + ": " + faults.front().message};
  if (faults.size() > 1) error.message += " (and " + std::to_string(faults.size() - 1) + " more)";
  error.faults = std::move(faults);
  return error;
}

}  // namespace base
