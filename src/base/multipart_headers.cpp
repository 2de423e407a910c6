#include <algorithm>
#include <utility>
#include <vector>

#include "base/multipart.h"
#include "base/text.h"

namespace base {

namespace {

Error not_a_form(std::string message) {
  return {Kind::malformed, std::move(message), std::string(form_malformed)};
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// RFC 9110 §5.6.2
bool is_token(std::string_view text) {
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
  });
}

// RFC 2046 §5.1.1
bool is_boundary(std::string_view text) {
  static constexpr std::string_view marks = "'()+_,-./:=? ";
  return !text.empty() && text.size() <= 70 && text.back() != ' ' &&
         std::ranges::all_of(text, [](char c) {
           return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
         });
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// A value such as `form-data; name="key"`: a word and its parameters, names in lower case.
struct Worded {
  std::string word;
  std::vector<std::pair<std::string, std::string>> parameters;

  const std::string* find(std::string_view name) const {
    for (const auto& [own, value] : parameters)
      if (own == name) return &value;
    return nullptr;
  }
};

// Takes a quoted string off the front of text, after its first quote. Browsers escape a quote as
// %22 and a backslash not at all, so only \" and \\ are escapes and C:\boat.jpg is itself.
std::optional<std::string> quoted(std::string_view& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return out;
    }
    const bool escapes =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    out += escapes ? text[++i] : text[i];
  }
  return std::nullopt;
}

std::optional<std::string> parameter_value(std::string_view& text) {
  if (text.starts_with('"')) {
    text.remove_prefix(1);
    return quoted(text);
  }
  const auto end = std::min(text.find_first_of("; \t"), text.size());
  const std::string_view value = text.substr(0, end);
  text.remove_prefix(end);
  return is_token(value) ? std::optional(std::string(value)) : std::nullopt;
}

std::optional<Worded> worded_from(std::string_view text) {
  const auto end = std::min(text.find(';'), text.size());
  Worded worded{lowered(trimmed(text.substr(0, end))), {}};
  text.remove_prefix(end);
  while (!text.empty()) {
    if (text.front() != ';') return std::nullopt;
    text = without_blanks(text.substr(1));
    if (text.empty()) break;  // some write a semicolon at the end
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || !is_token(text.substr(0, equals))) return std::nullopt;
    const std::string name = lowered(text.substr(0, equals));
    text.remove_prefix(equals + 1);
    auto value = parameter_value(text);
    if (!value || worded.find(name)) return std::nullopt;
    worded.parameters.emplace_back(name, std::move(*value));
    text = without_blanks(text);
  }
  return worded;
}

// RFC 8187: UTF-8'language'percent-escaped
std::optional<std::string> extended_value(std::string_view text) {
  const auto parts = split(text, '\'');
  if (parts.size() != 3 || !equal_ignoring_case(parts[0], "UTF-8")) return std::nullopt;
  auto value = percent_decoded(parts[2]);
  if (!value || !is_utf8(*value) || has_control_characters(*value)) return std::nullopt;
  return value;
}

Result<void> read_disposition(std::string_view value, FormPart& part) {
  const auto read = worded_from(value);
  const std::string* name = read ? read->find("name") : nullptr;
  if (!name || read->word != "form-data" || name->empty())
    return not_a_form("A part is not form-data with a name");
  part.name = *name;
  if (const std::string* filename = read->find("filename")) part.filename = *filename;
  if (const std::string* extended = read->find("filename*")) {
    part.filename = extended_value(*extended);
    if (!part.filename) return not_a_form("A part's filename* is not UTF-8 with percent escapes");
  }
  return ok();
}

struct SeenHeaders {
  bool disposition = false;
  bool type = false;
  bool encoding = false;
};

Result<void> read_header(std::string_view line, SeenHeaders& seen, FormPart& part) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
      has_control_characters(line))
    return not_a_form("A part has a header that is not of the form");
  const std::string name = lowered(line.substr(0, colon));
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (name == "content-disposition") {
    if (std::exchange(seen.disposition, true)) return not_a_form("A part is named twice");
    return read_disposition(value, part);
  }
  if (name == "content-type") {
    if (std::exchange(seen.type, true)) return not_a_form("A part has two types");
    part.content_type = value;
  }
  if (name == "content-transfer-encoding") {
    const std::string encoding = lowered(value);
    if (std::exchange(seen.encoding, true) ||
        (encoding != "binary" && encoding != "8bit" && encoding != "7bit"))
      return not_a_form("A part is sent in an encoding, which forms do not have");
  }
  return ok();
}

}  // namespace

Result<FormPart> form_part_from(std::string_view lines) {
  FormPart part;
  SeenHeaders seen;
  if (!is_utf8(lines)) return not_a_form("A part has a header that is not UTF-8");
  while (!lines.empty()) {
    const auto end = lines.find("\r\n");
    if (end == std::string_view::npos) return not_a_form("A part has a line without CRLF");
    TRY(read_header(lines.substr(0, end), seen, part));
    lines.remove_prefix(end + 2);
  }
  if (!seen.disposition) return not_a_form("A part has no Content-Disposition");
  return part;
}

bool is_form_data(std::string_view content_type) {
  const auto end = std::min(content_type.find(';'), content_type.size());
  return equal_ignoring_case(trimmed(content_type.substr(0, end)), "multipart/form-data");
}

Result<std::string> form_boundary(std::string_view content_type) {
  if (!is_form_data(content_type)) return not_a_form("The body is not multipart/form-data");
  const auto read = worded_from(content_type);
  const std::string* boundary = read ? read->find("boundary") : nullptr;
  if (!boundary || !is_boundary(*boundary))
    return not_a_form("The type of the body names no boundary, or a wrong one");
  return *boundary;
}

}  // namespace base
