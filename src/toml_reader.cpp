#include "toml_reader.h"

#include <algorithm>

#include "base/text.h"

namespace fairlead {

using base::Fault;

TomlReader::TomlReader(const toml::table& table, std::vector<Fault>& faults, std::string path)
    : table_(table), faults_(faults), path_(std::move(path)) {}

const toml::node* TomlReader::find(std::string_view key) {
  asked_.emplace_back(key);
  return table_.get(key);
}

void TomlReader::fault(std::string_view key, const std::string& message) {
  const toml::node* node = table_.get(key);
  const auto line = node ? node->source().begin.line : table_.source().begin.line;
  const std::string name = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  faults_.push_back({"line " + std::to_string(line) + ": " + name, message});
}

void TomlReader::check_text(std::string_view key, const std::string& text, std::size_t length_max) {
  if (!base::is_utf8(text) || base::has_control_characters(text) ||
      base::has_turning_characters(text))
    fault(key, "contains a control character");
  else if (base::length_utf8(text) > length_max)
    fault(key, "is longer than " + std::to_string(length_max) + " characters");
}

std::optional<std::string> TomlReader::text(std::string_view key, std::size_t length_max) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto* value = node->as_string();
  if (!value) {
    fault(key, "must be a text in quotes");
    return std::nullopt;
  }
  check_text(key, value->get(), length_max);
  return value->get();
}

std::string TomlReader::required_text(std::string_view key, std::size_t length_max) {
  if (!table_.get(key)) {
    asked_.emplace_back(key);
    fault(key, "is required");
    return {};
  }
  auto value = text(key, length_max);
  if (value && base::is_blank(*value)) fault(key, "must not be empty");
  return value.value_or("");
}

std::string TomlReader::required_handle(std::string_view key) {
  std::string text = required_text(key);
  if (!text.empty() && !base::is_handle(text, handle_length_max))
    fault(key, "must be lower-case letters, digits and hyphens");
  return text;
}

std::string TomlReader::required_address(std::string_view key) {
  std::string text = required_text(key, 254);
  if (!text.empty() && !base::is_mail_address(text)) fault(key, "is not a mail address");
  return text;
}

std::optional<std::int64_t> TomlReader::integer(std::string_view key, std::int64_t min,
                                                std::int64_t max) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto* value = node->as_integer();
  if (!value || value->get() < min || value->get() > max) {
    fault(key, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return std::nullopt;
  }
  return value->get();
}

std::optional<double> TomlReader::number(std::string_view key, double min, double max) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto value = node->value<double>();
  if (!value || !(*value >= min && *value <= max)) {
    fault(key, "must be a number from " + std::to_string(static_cast<int>(min)) + " to " +
                   std::to_string(static_cast<int>(max)));
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> TomlReader::decimal(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (const auto* whole = node->as_integer()) return std::to_string(whole->get());
  if (const auto* value = node->as_string()) return value->get();
  // A float is no exact decimal: 2.675 is not what it says.
  fault(key, "must be a whole number, or a decimal in quotes such as \"2.25\"");
  return std::nullopt;
}

std::vector<std::string> TomlReader::texts(std::string_view key, std::size_t count_max,
                                           std::size_t length_max) {
  std::vector<std::string> answer;
  const toml::node* node = find(key);
  if (!node) return answer;
  const auto* list = node->as_array();
  if (!list || list->size() > count_max) {
    fault(key, "must be a list of at most " + std::to_string(count_max) + " texts");
    return answer;
  }
  for (const toml::node& one : *list) {
    const auto* value = one.as_string();
    if (!value || base::is_blank(value->get())) {
      fault(key, "must hold texts only, none of them empty");
      return answer;
    }
    check_text(key, value->get(), length_max);
    answer.push_back(value->get());
  }
  return answer;
}

std::vector<std::string> TomlReader::handles(std::string_view key, std::size_t count_max) {
  std::vector<std::string> answer = texts(key, count_max);
  for (std::size_t i = 0; i < answer.size(); ++i) {
    if (!base::is_handle(answer[i], handle_length_max))
      fault(key, "'" + answer[i] + "' must be lower-case letters, digits and hyphens");
    if (std::find(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(i), answer[i]) !=
        answer.begin() + static_cast<std::ptrdiff_t>(i))
      fault(key, "'" + answer[i] + "' stands twice");
  }
  return answer;
}

std::optional<std::vector<std::int64_t>> TomlReader::integers(std::string_view key,
                                                              std::int64_t min, std::int64_t max,
                                                              std::size_t count_max) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  std::vector<std::int64_t> answer;
  const auto* list = node->as_array();
  bool good = list && list->size() <= count_max;
  if (good)
    for (const toml::node& one : *list) {
      const auto* value = one.as_integer();
      good &= value && value->get() >= min && value->get() <= max;
      if (value) answer.push_back(value->get());
    }
  if (good) return answer;
  fault(key, "must be a list of at most " + std::to_string(count_max) + " whole numbers from " +
                 std::to_string(min) + " to " + std::to_string(max));
  return std::nullopt;
}

std::optional<std::chrono::year_month_day> TomlReader::required_date(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) {
    fault(key, "is required");
    return std::nullopt;
  }
  std::string text;
  if (const auto* quoted = node->as_string()) text = quoted->get();
  if (const auto* date = node->as_date())
    text = base::format_date(std::chrono::year(date->get().year) /
                             std::chrono::month(date->get().month) /
                             std::chrono::day(date->get().day));
  const auto day = base::parse_date(text);
  if (day) return *day;
  fault(key, day.error().message);
  return std::nullopt;
}

std::optional<base::minutes> TomlReader::time_of_day(std::string_view key) {
  const auto text = this->text(key);
  if (!text) return std::nullopt;
  const auto parts = base::split(*text, ':');
  const bool formed = parts.size() == 2 && parts[0].size() == 2 && parts[1].size() == 2;
  const auto hour = formed ? base::parse_unsigned(parts[0]) : std::nullopt;
  const auto minute = formed ? base::parse_unsigned(parts[1]) : std::nullopt;
  constexpr base::minutes day{24 * 60};
  if (hour && minute && *minute < 60 && base::minutes(*hour * 60 + *minute) <= day)
    return base::minutes(*hour * 60 + *minute);
  fault(key, "must be a time of the day such as \"08:00\"");
  return std::nullopt;
}

const toml::table* TomlReader::table(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return nullptr;
  if (!node->as_table()) fault(key, "must be a table");
  return node->as_table();
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key, std::size_t count_max) {
  std::vector<const toml::table*> answer;
  const toml::node* node = find(key);
  if (!node) return answer;
  const auto* list = node->as_array();
  if (!list || list->size() > count_max) {
    fault(key,
          "must be at most " + std::to_string(count_max) + " tables [[" + std::string(key) + "]]");
    return answer;
  }
  for (const toml::node& one : *list) {
    if (!one.as_table()) fault(key, "must hold tables only");
    if (one.as_table()) answer.push_back(one.as_table());
  }
  return answer;
}

std::vector<std::string> TomlReader::keys() const {
  std::vector<std::string> answer;
  for (const auto& [key, value] : table_) answer.emplace_back(key.str());
  return answer;
}

void TomlReader::finish() {
  for (const std::string& key : keys())
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end())
      fault(key, "is not a known setting");
}

base::Result<toml::table> parse_toml(const std::string& text) {
  if (!base::is_utf8(text)) return base::invalid("line 1", "the file is not UTF-8");
  toml::parse_result parsed = toml::parse(text);
  if (parsed) return std::move(parsed).table();
  const toml::parse_error& error = parsed.error();
  return base::invalid("line " + std::to_string(error.source().begin.line),
                       std::string(error.description()));
}

}  // namespace fairlead
