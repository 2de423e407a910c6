#include "base/json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <exception>

#include <boost/json/basic_parser_impl.hpp>

#include "base/text.h"

namespace base {

namespace {

// Builds a value as Boost's own parser does, and refuses on the way what that one lets pass: a
// name twice in one object (the last would win in silence) and numbers too large for a double.
class Builder {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  Builder() : stack_({}, scratch_.data(), scratch_.size()) {
    // All values of one text lie in one arena that they keep alive: one allocation for many, and
    // nothing to take apart at their end.
    stack_.reset(json::make_shared_resource<json::monotonic_resource>());
    names_.reserve(32);
  }

  json::value release() { return stack_.release(); }
  // What was refused here rather than by the grammar; empty otherwise.
  const std::string& complaint() const { return complaint_; }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }

  bool on_object_end(std::size_t count, json::error_code& failure) {
    // The names of an object that ends are the last ones noted: those within it are gone already.
    const auto first = names_.end() - static_cast<std::ptrdiff_t>(count);
    std::sort(first, names_.end());
    const auto twice = std::adjacent_find(first, names_.end());
    if (twice != names_.end())
      return refuse(failure, "the name \"" + std::string(cut_utf8(*twice, 64)) +
                                 "\" stands twice in one object");
    names_.erase(first, names_.end());
    stack_.push_object(count);
    return true;
  }
  bool on_array_end(std::size_t count, json::error_code&) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    name_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    name_.append(part.data(), part.size());
    names_.push_back(std::move(name_));
    name_.clear();
    stack_.push_key(part);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, json::error_code& failure) {
    if (!std::isfinite(number)) return refuse(failure, "a number is too large");
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool truth, json::error_code&) {
    stack_.push_bool(truth);
    return true;
  }
  bool on_null(json::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  bool refuse(json::error_code& failure, std::string complaint) {
    complaint_ = std::move(complaint);
    failure = json::error::syntax;
    return false;
  }

  std::array<unsigned char, 4096> scratch_;  // enough for most bodies; the stack grows beyond it
  json::value_stack stack_;
  std::vector<std::string> names_;  // of all open objects, the innermost last
  std::string name_;                // parts of the name being read
  std::string complaint_;
};

Error not_json(std::string_view text, std::size_t stopped_at, const std::string& why) {
  const auto read = text.substr(0, stopped_at);
  const auto line = std::ranges::count(read, '\n') + 1;
  const auto column = read.size() - (read.rfind('\n') + 1) + 1;
  return malformed("The body is not valid JSON: " + why + " (line " + std::to_string(line) +
                   ", column " + std::to_string(column) + ")");
}

std::string explained(const json::error_code& failure) {
  if (failure == json::error::incomplete) return "it ends too early";
  if (failure == json::error::extra_data) return "something follows the value";
  if (failure == json::error::too_deep)
    return "it is nested deeper than " + std::to_string(json_depth_max);
  return failure.message();
}

}  // namespace

Result<json::value> parse_json(std::string_view text) try {
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::basic_parser<Builder> parser(options);
  json::error_code failure;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), failure);
  if (!failure && read < text.size()) failure = json::error::extra_data;
  if (!failure) return parser.handler().release();
  const std::string& complaint = parser.handler().complaint();
  return not_json(text, read, complaint.empty() ? explained(failure) : complaint);
} catch (const std::exception&) {
  return malformed("The body is not valid JSON: it is too large");
}

Result<json::object> parse_json_object(std::string_view text) {
  json::value value = TRY(parse_json(text));
  if (!value.is_object()) return malformed("The body must be a JSON object");
  return std::move(value.get_object());
}

Result<json::object> parse_own_object(std::string_view text) try {
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::error_code failure;
  json::value value =
      json::parse(text, failure, json::make_shared_resource<json::monotonic_resource>(), options);
  if (failure || !value.is_object()) return malformed("This is no JSON object of ours");
  return std::move(value.get_object());
} catch (const std::exception&) {
  return malformed("This is no JSON object of ours: it is too large");
}

namespace {

// Texts of ours hardly ever need an escape. Looking at eight bytes of one in a step is several
// times as fast as stopping at the first that does: a byte is odd that is '"' or '\\' or less than
// 0x20.
bool is_plain(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t high = ones * 0x80;
  std::uint64_t odd = 0;
  const auto zero_bytes = [](std::uint64_t eight) { return (eight - ones) & ~eight; };
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data(), sizeof eight);
    odd |= (zero_bytes(eight ^ (ones * '"')) | zero_bytes(eight ^ (ones * '\\')) |
            ((eight - ones * 0x20) & ~eight)) &
           high;
    text.remove_prefix(sizeof eight);
  }
  return odd == 0 && std::ranges::all_of(text, [](char c) {
           return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
         });
}

}  // namespace

void append_json_text(std::string& json, std::string_view text) {
  if (is_plain(text))
    ((json += '"') += text) += '"';
  else
    json += to_text(json::value(json::string_view(text.data(), text.size())));
}

std::string to_text(const json::value& value) {
  return json::serialize(value);
}

}  // namespace base
