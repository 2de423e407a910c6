#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace base {

namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

struct Decoded {
  char32_t point = 0;
  std::size_t size = 0;  // bytes; 0: not UTF-8
};

// The first code point of text, by the table of RFC 3629 §4: no surrogates, nothing overlong.
Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  std::size_t size = 0;
  unsigned char low = 0x80;  // the range of the second byte is what shuts out the bad forms
  unsigned char high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    size = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    size = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    size = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  }
  if (size == 0 || text.size() < size || byte(1) < low || byte(1) > high) return {};
  auto point = static_cast<char32_t>(first & (0x7F >> size));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    point = (point << 6) | (byte(i) & 0x3Fu);
  }
  return {point, size};
}

bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029;
}

// Nearly every text is this, and eight bytes are looked at in one step: each must be 0x20 to 0x7E.
bool is_printable_ascii(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t high = ones * 0x80;
  std::uint64_t odd = 0;
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data(), sizeof eight);
    // A high bit for: 0x80 and more; 0x7F, by one more; less than 0x20, by 0x20 less. Carries and
    // borrows come only from bytes that are odd themselves.
    odd |= (eight | (eight + ones) | (eight - ones * 0x20)) & high;
    text.remove_prefix(sizeof eight);
  }
  return odd == 0 && std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7E; });
}

bool has_control(std::string_view text, char32_t allowed) {
  if (is_printable_ascii(text)) return false;
  while (!text.empty()) {
    const Decoded one = decode(text);
    if (one.size == 0 || (is_control(one.point) && one.point != allowed)) return true;
    text.remove_prefix(one.size);
  }
  return false;
}

bool is_turning(char32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
         point == 0xFEFF;
}

struct Range {
  char32_t first;
  char32_t last;
};
// White_Space and Default_Ignorable_Code_Point of Unicode, and the fillers that show nothing.
constexpr std::array<Range, 23> unseen{
    {{0x09, 0x0D},       {0x20, 0x20},       {0x85, 0x85},      {0xA0, 0xA0},     {0xAD, 0xAD},
     {0x34F, 0x34F},     {0x61C, 0x61C},     {0x115F, 0x1160},  {0x1680, 0x1680}, {0x17B4, 0x17B5},
     {0x180B, 0x180F},   {0x2000, 0x200F},   {0x2028, 0x202F},  {0x205F, 0x206F}, {0x2800, 0x2800},
     {0x3000, 0x3000},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
     {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}}};

bool is_unseen(char32_t point) {
  return std::ranges::any_of(
      unseen, [&](const Range& one) { return point >= one.first && point <= one.last; });
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
    return false;
  return std::ranges::all_of(label, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool are_labels(std::string_view name) {
  return name.size() <= 253 && std::ranges::all_of(split(name, '.'), is_label);
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  if (is_printable_ascii(bytes)) return true;
  while (!bytes.empty()) {
    const Decoded one = decode(bytes);
    if (one.size == 0) return false;
    bytes.remove_prefix(one.size);
  }
  return true;
}

// What is not UTF-8 counts as a control character: a caller who broke the requirement is refused.
bool has_control_characters(std::string_view text) {
  return has_control(text, 0xFFFF'FFFF);
}

bool has_control_characters_besides_newline(std::string_view text) {
  return has_control(text, U'\n');
}

bool has_turning_characters(std::string_view text) {
  if (is_printable_ascii(text)) return false;
  while (!text.empty()) {
    const Decoded one = decode(text);
    if (one.size == 0 || is_turning(one.point)) return true;
    text.remove_prefix(one.size);
  }
  return false;
}

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const Decoded one = decode(text);
    if (one.size == 0 || !is_unseen(one.point)) return false;
    text.remove_prefix(one.size);
  }
  return true;
}

std::size_t length_utf8(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view cut_utf8(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t size = bytes_max;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

bool equal_letters(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

bool is_handle(std::string_view text, std::size_t max) {
  if (text.empty() || text.size() > max || text.front() == '-' || text.back() == '-') return false;
  if (text.find("--") != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

std::optional<std::int64_t> parse_unsigned(std::string_view digits) {
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view marks = "-._~";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_lower(c) || is_upper(c) || is_digit(c) || marks.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
  }
  return out;
}

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64) return false;
  // Besides what the header names: characters that would start another address, a comment, a
  // quoted name or a group if the address stood in a mail header (RFC 5322 §3.2.3).
  static constexpr std::string_view refused = "<>(),;:\"[]\\@";
  const auto is_plain = [](char c) {
    return c > 0x20 && c < 0x7F && refused.find(c) == std::string_view::npos;
  };
  return std::ranges::all_of(text.substr(0, at), is_plain) &&
         are_labels(lowered(text.substr(at + 1)));
}

bool is_host_name(std::string_view text) {
  return are_labels(text) && std::ranges::any_of(text, is_lower);
}

}  // namespace base
