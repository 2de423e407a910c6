#include "base/mime_headers.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/text.h"

namespace base::mime {
namespace {

constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";
constexpr std::size_t word_bytes_max = 75;
constexpr std::size_t encoded_line_bytes_max = 76;  // RFC 2047 §2
constexpr std::size_t plain_word_bytes_max = 60;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// True when the text reads the same after folding: words of a bearable length, single spaces, and
// nothing that looks like an encoded word.
bool folds_plainly(std::string_view text) {
  if (!is_ascii(text) || text.find("=?") != std::string_view::npos) return false;
  for (const std::string_view word : split(text, ' '))
    if (word.empty() || word.size() > plain_word_bytes_max) return false;
  return true;
}

// column: bytes already on the line.
std::string folded(std::string_view text, std::size_t column) {
  std::string out;
  for (const std::string_view word : split(text, ' ')) {
    const bool first = out.empty();
    if (!first && column + 1 + word.size() > line_bytes_wanted) {
      out += "\r\n ";
      column = 1;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

std::string encoded_words(std::string_view text, std::size_t column) {
  std::string out;
  while (!text.empty()) {
    const std::size_t line = std::max(encoded_line_bytes_max, column + 20) - column;
    const std::size_t frame = word_begin.size() + word_end.size();
    const std::size_t room = (std::min(line, word_bytes_max) - frame) / 4 * 3;
    std::size_t cut = std::min(room, text.size());
    while (cut < text.size() && cut > 0 && continues_character(text[cut])) --cut;
    if (!out.empty()) out += "\r\n ";
    out.append(word_begin).append(base64(text.substr(0, cut))).append(word_end);
    text.remove_prefix(cut);
    column = 1;
  }
  return out;
}

// Words of a display name that need no quotes. Source: RFC 5322 §3.2.3.
bool is_atoms(std::string_view text) {
  constexpr std::string_view signs = " !#$%&'*+-/=?^_`{|}~";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           signs.find(c) != std::string_view::npos;
  });
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string display_name(std::string_view name, std::size_t column) {
  if (!folds_plainly(name) || name.size() > plain_word_bytes_max)
    return encoded_words(name, column);
  return is_atoms(name) ? std::string(name) : quoted(name);
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) return std::string(text);
  std::string out;
  const std::string_view inside = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size()) ++i;
    out += inside[i];
  }
  return out;
}

}  // namespace

Result<HeaderText> HeaderText::from(std::string_view value) {
  if (value.size() > header_bytes_max) return invalid("header", "too long for a mail header");
  if (!is_utf8(value) || has_control_characters(value))
    return invalid("header", "control characters cannot stand in a mail header");
  HeaderText text;
  text.value_ = trimmed(value);
  return text;
}

Result<Mailbox> Mailbox::from(std::string_view name, std::string_view address) {
  Mailbox mailbox;
  mailbox.name_ = TRY(HeaderText::from(name));
  if (!is_mail_address(address)) return invalid("address", "not a mail address");
  mailbox.address_ = address;
  return mailbox;
}

Result<Mailbox> Mailbox::parse(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const auto open = whole.rfind('<');
  if (open == std::string_view::npos) return from("", whole);
  if (!whole.ends_with('>')) return invalid("mailbox", "not of the form Name <address>");
  return from(unquoted(trimmed(whole.substr(0, open))),
              whole.substr(open + 1, whole.size() - open - 2));
}

Result<MessageId> MessageId::from(std::string_view value) {
  const auto inner = value.size() < 5 ? value : value.substr(1, value.size() - 2);
  const bool printable = std::all_of(inner.begin(), inner.end(), [](char c) {
    return c > ' ' && c < 0x7F && c != '<' && c != '>';
  });
  const bool framed = value.starts_with('<') && value.ends_with('>') && value.size() <= 250;
  if (!framed || !printable || std::count(inner.begin(), inner.end(), '@') != 1)
    return invalid("message_id", "not of the form <id@host>");
  MessageId id;
  id.value_ = value;
  return id;
}

std::string plain_line(std::string_view name, std::string_view value) {
  return std::string(name).append(": ").append(value).append("\r\n");
}

std::string header_line(std::string_view name, const HeaderText& value) {
  const std::size_t column = name.size() + 2;
  const std::string_view text = value.value();
  return plain_line(name, folds_plainly(text) ? folded(text, column) : encoded_words(text, column));
}

std::string mailbox_line(std::string_view name, const Mailbox& mailbox) {
  if (mailbox.name().empty()) return plain_line(name, mailbox.address());
  std::string line = std::string(name) + ": " + display_name(mailbox.name(), name.size() + 2);
  const std::string address = '<' + mailbox.address() + '>';
  const auto last_line = line.rfind('\n');  // of a fold
  const std::size_t column = line.size() - (last_line == std::string::npos ? 0 : last_line + 1);
  line += column + 1 + address.size() > line_bytes_wanted ? "\r\n " : " ";
  return line + address + "\r\n";
}

}  // namespace base::mime
