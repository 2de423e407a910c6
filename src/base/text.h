// Text: the small questions and changes everybody needs. ASCII unless a name says UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

bool is_utf8(std::string_view bytes);

// C0 controls, DEL, C1 controls, U+2028 and U+2029. Tab, CR and LF count too.
// Requires: is_utf8(text).
bool has_control_characters(std::string_view text);

// The same, but LF (the line end of a multi-line field) passes.
bool has_control_characters_besides_newline(std::string_view text);

// What turns the text around it or hides in it: embeddings, overrides and isolates of direction
// (U+202A to U+202E, U+2066 to U+2069) and the byte order mark. Marks of direction and what joins
// emoji pass. Requires: is_utf8(text).
bool has_turning_characters(std::string_view text);

// Nothing of it can be seen: spaces of every kind, and characters without a face.
// Requires: is_utf8(text).
bool is_blank(std::string_view text);

// Code points, not bytes. Requires: is_utf8(text).
std::size_t length_utf8(std::string_view text);

// The longest start of text within bytes_max that ends between two code points.
std::string_view cut_utf8(std::string_view text, std::size_t bytes_max);

std::string_view trimmed(std::string_view text);
std::string lowered(std::string_view text);
bool equal_letters(std::string_view a, std::string_view b);  // of two texts of one length
inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && equal_letters(a, b);  // most differ in length: no call for them
}
std::vector<std::string_view> split(std::string_view text, char separator);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);

// One to max characters of a-z, 0-9 and inner single hyphens: "harbor-west-2".
bool is_handle(std::string_view text, std::size_t max);

// A plain decimal number, no sign, no spaces; nothing else around it.
std::optional<std::int64_t> parse_unsigned(std::string_view digits);

// application/x-www-form-urlencoded and percent escapes (RFC 3986 §2.1). nullopt: a broken escape.
enum class Plus { itself, space };
std::optional<std::string> percent_decoded(std::string_view text, Plus plus = Plus::itself);
// Everything but unreserved characters is escaped.
std::string percent_encoded(std::string_view text);

// Loose but safe mail address: one @, no spaces, no controls, no angle brackets, ASCII, ≤ 254
// bytes.
bool is_mail_address(std::string_view text);

// A DNS name in lower case, at least one letter, labels of 1..63, ≤ 253 bytes.
bool is_host_name(std::string_view text);

}  // namespace base
