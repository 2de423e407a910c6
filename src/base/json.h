// JSON: Boost.JSON within limits, and Fields, a strict reader that remembers every fault by its
// path. Refuses: invalid UTF-8, nesting over 32, a name twice in one object, numbers beyond 64-bit
// integers where a whole number is asked for. Source: RFC 8259.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/result.h"

namespace base {

namespace json = boost::json;

inline constexpr std::size_t json_depth_max = 32;

// Error kind malformed.
Result<json::value> parse_json(std::string_view text);
// As parse_json, and the top must be an object.
Result<json::object> parse_json_object(std::string_view text);
std::string to_text(const json::value& value);
// A text in its quotes, for what is written so often that a value of it would be too dear.
void append_json_text(std::string& json, std::string_view text);
// What to_text wrote of an object: as parse_json_object, but that no name stands twice is not
// checked.
Result<json::object> parse_own_object(std::string_view text);

// Limits of one text field.
struct TextRule {
  std::size_t length_max = 200;  // code points
  bool multiline = false;        // LF allowed
  bool may_be_empty = true;
};

// What null says of a field: nothing, as if it were not there; or a fault, where absence means that
// something stays as it is and null could be taken for clearing it.
enum class Nulls { absent, refused };

// Reads one object. A getter answers nullopt when the field is absent or wrong; a wrong one leaves
// a Fault. Read everything, then ask finish(): it refuses fields nobody asked for.
class Fields {
 public:
  Fields(const json::object& object, std::vector<Fault>& faults, std::string path = {},
         Nulls nulls = Nulls::absent);

  bool has(std::string_view name);  // null counts as absent; who asks for a field knows it
  std::optional<std::string> text(std::string_view name, TextRule rule = {});
  // "" and a fault if absent, empty or blank, whatever the rule says of empty texts.
  std::string required_text(std::string_view name, TextRule rule = {});
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::vector<std::string>> texts(std::string_view name, std::size_t count_max,
                                                TextRule rule = {});
  // The object or array under a name; nullptr when absent or of another kind (then with a fault).
  const json::object* object(std::string_view name);
  const json::array* array(std::string_view name, std::size_t count_max);

  void fault(std::string_view name, std::string message);
  std::string path_of(std::string_view name) const;
  std::vector<Fault>& faults() { return faults_; }
  Nulls nulls() const { return nulls_; }  // for the fields of an object within
  // A fault for each member that no getter was asked for, and for null where it is refused.
  void finish();

 private:
  const json::value* find(std::string_view name);

  const json::object& object_;
  std::vector<Fault>& faults_;
  std::string path_;
  Nulls nulls_;
  std::vector<std::string> asked_;
  std::vector<std::string> clearable_;  // texts that may be empty
};

// Error kind invalid with these faults, or nothing when there are none.
std::optional<Error> error_from(std::vector<Fault> faults);

}  // namespace base
