#include "base/html.h"

#include <cassert>

#include "base/text.h"

namespace base::html {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// Bytes of the sequence that starts with this byte. Requires: it stands in well-formed UTF-8.
std::size_t sequence_bytes(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_unwelcome(std::string_view sequence) {
  const unsigned char first = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1)
    return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
  const unsigned char second = static_cast<unsigned char>(sequence[1]);
  if (sequence.size() == 2) return first == 0xC2 && second < 0xA0;  // C1 controls
  if (sequence.size() != 3 || first != 0xE2) return false;
  const unsigned char third = static_cast<unsigned char>(sequence[2]);
  if (second == 0x80) return third >= 0xA8 && third <= 0xAE;  // U+2028..202E
  return second == 0x81 && (third >= 0xA6 && third <= 0xA9);  // U+2066..2069
}

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&#34;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

enum class NewLine { kept, as_break };

// In a value that is no UTF-8 every byte beyond ASCII is replaced.
void append_escaped(std::string& out, std::string_view value, NewLine new_line = NewLine::kept) {
  const bool sound = is_utf8(value);
  std::size_t copied = 0;
  for (std::size_t at = 0, bytes = 1; at < value.size(); at += bytes) {
    bytes = sound ? sequence_bytes(value[at]) : 1;
    const std::string_view sequence = value.substr(at, bytes);
    std::string_view instead = entity_of(value[at]);
    if (is_unwelcome(sequence) || (!sound && static_cast<unsigned char>(value[at]) >= 0x80))
      instead = replacement;
    else if (value[at] == '\n' && new_line == NewLine::as_break)
      instead = "<br>";
    if (instead.empty()) continue;
    out.append(value, copied, at - copied).append(instead);
    copied = at + bytes;
  }
  out.append(value, copied);
}

}  // namespace

bool is_safe_url(std::string_view address) {
  for (const char c : address)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\') return false;
  if (address.starts_with("//")) return false;  // another host
  if (address.starts_with('/') || address.starts_with('#')) return true;
  const std::string start = lowered(address.substr(0, 8));
  for (const std::string_view scheme : {"https://", "http://", "mailto:", "tel:"})
    if (start.starts_with(scheme)) return true;
  return false;
}

std::string escaped(std::string_view value) {
  std::string out;
  append_escaped(out, value);
  return out;
}

bool Page::expects(Literal::Ends place) const {
  assert(place_ == place && "a value stands in the wrong place of its markup");
  return place_ == place;
}

Page& Page::operator<<(Literal literal) {
  bytes_.append(literal.markup());
  if (literal.ends() != Literal::Ends::unchanged) place_ = literal.ends();
  return *this;
}

Page& Page::operator<<(Text value) {
  if (expects(Literal::Ends::in_text)) append_escaped(bytes_, value.value);
  return *this;
}

Page& Page::operator<<(Lines value) {
  if (expects(Literal::Ends::in_text)) append_escaped(bytes_, value.value, NewLine::as_break);
  return *this;
}

Page& Page::operator<<(Attribute value) {
  if (!expects(Literal::Ends::in_tag)) return *this;
  bytes_.append(1, ' ').append(value.name.name()).append("=\"");
  append_escaped(bytes_, value.value);
  bytes_.append(1, '"');
  return *this;
}

Page& Page::operator<<(Url value) {
  if (!expects(Literal::Ends::in_tag)) return *this;
  bytes_.append(1, ' ').append(value.name.name()).append("=\"");
  append_escaped(bytes_, is_safe_url(value.value) ? value.value : std::string_view("#"));
  bytes_.append(1, '"');
  return *this;
}

Page& Page::operator<<(Number value) {
  if (!expects(Literal::Ends::in_text)) return *this;
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value.value);
  bytes_.append(digits, end);
  return *this;
}

Page& Page::operator<<(Json value) {
  if (!expects(Literal::Ends::in_text)) return *this;
  // The bytes that could end the script element, as JSON escapes; JSON has them in strings alone.
  for (const char c : to_text(value.value)) {
    if (c == '<')
      bytes_ += "\\u003c";
    else if (c == '>')
      bytes_ += "\\u003e";
    else if (c == '&')
      bytes_ += "\\u0026";
    else
      bytes_ += c;
  }
  return *this;
}

Page& Page::operator<<(const Page& part) {
  if (expects(Literal::Ends::in_text) && part.expects(Literal::Ends::in_text))
    bytes_ += part.bytes_;
  return *this;
}

}  // namespace base::html
