#include "base/mime.h"

#include <algorithm>
#include <vector>

#include "base/crypto.h"
#include "base/mime_headers.h"
#include "base/text.h"

namespace base::mime {
namespace {

constexpr std::size_t body_line_bytes_max = 76;
constexpr std::size_t fairlead_id_bytes_max = 200;
constexpr std::string_view file_name = "invite.ics";

std::string base64_lines(std::string_view bytes) {
  const std::string whole = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < whole.size(); at += body_line_bytes_max)
    out.append(whole, at, body_line_bytes_max).append("\r\n");
  return out;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out.append(1, '=').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
}

// One line without its end; soft breaks where it is too long. A space at the end of a line, where
// relays like to trim, and a dot or "From " at its start, where they like to add, are escaped.
std::string quoted_printable_line(std::string_view line) {
  std::string out;
  std::size_t line_begin = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    const bool touched_at_start = i == 0 && (c == '.' || line.starts_with("From "));
    const bool blank = c == ' ' || c == '\t';
    const bool plain = (c > ' ' && c < 0x7F && c != '=') || (blank && !last);
    std::string piece;
    if (plain && !touched_at_start)
      piece = c;
    else
      append_escape(piece, c);
    if (out.size() - line_begin + piece.size() > body_line_bytes_max - (last ? 0 : 1)) {
      out += "=\r\n";
      line_begin = out.size();
    }
    out += piece;
  }
  return out;
}

// No body can hold its boundary: quoted-printable never writes "=_", base64 never writes "_".
std::string boundary_of(const MessageId& id, std::string_view level) {
  const Digest digest = sha256(std::string(level) + id.value());
  return "=_" + hex(bytes_of(digest)).substr(0, 32);
}

std::string part(std::string_view type, std::string_view encoding, std::string_view body,
                 std::string_view disposition = {}) {
  std::string out = plain_line("Content-Type", type);
  if (!disposition.empty()) out += plain_line("Content-Disposition", disposition);
  out += plain_line("Content-Transfer-Encoding", encoding);
  return out.append("\r\n").append(body);
}

std::string joined_parts(std::string_view kind, const std::string& boundary,
                         const std::vector<std::string>& parts) {
  std::string out = plain_line(
      "Content-Type", "multipart/" + std::string(kind) + ";\r\n boundary=\"" + boundary + '"');
  for (const std::string& one : parts)
    out.append("\r\n--").append(boundary).append("\r\n").append(one);
  return out.append("\r\n--").append(boundary).append("--\r\n");
}

std::string alternative(const Message& message) {
  std::vector<std::string> parts = {
      part("text/plain; charset=utf-8", "quoted-printable", quoted_printable(message.text)),
      part("text/html; charset=utf-8", "quoted-printable", quoted_printable(message.html))};
  if (message.invitation)
    parts.push_back(part(
        "text/calendar; charset=utf-8; method=" + std::string(name_of(message.invitation->method)),
        "base64", base64_lines(message.invitation->calendar)));
  return joined_parts("alternative", boundary_of(message.id, "alternative"), parts);
}

std::string body_of(const Message& message) {
  if (!message.invitation) return alternative(message);
  const std::string name = ";\r\n name=\"" + std::string(file_name) + '"';
  const std::string disposition = "attachment; filename=\"" + std::string(file_name) + '"';
  return joined_parts(
      "mixed", boundary_of(message.id, "mixed"),
      {alternative(message), part("application/ics" + name, "base64",
                                  base64_lines(message.invitation->calendar), disposition)});
}

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

// LF line ends; CRLF is what some texts arrive with.
std::string with_bare_line_ends(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i)
    if (!body.substr(i).starts_with("\r\n")) out += body[i];
  return out;
}

Result<void> check_body(std::string_view field, std::string_view body) {
  if (!is_utf8(body)) return invalid(std::string(field), "not UTF-8");
  if (has_control_characters_besides_newline(with_bare_line_ends(body)))
    return invalid(std::string(field), "control characters cannot stand in a mail");
  return ok();
}

}  // namespace

std::string quoted_printable(std::string_view body) {
  std::string out;
  const std::string text = with_bare_line_ends(body);
  const auto all = split(text, '\n');
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + 1 == all.size() && all[i].empty()) break;  // the body ended with a line end
    out += quoted_printable_line(all[i]) + "\r\n";
  }
  return out;
}

namespace {

// An id cannot be folded: a long one stands on a line of its own.
std::string id_line(std::string_view name, const MessageId& id) {
  return std::string(name) + ':' + (id.value().size() > 60 ? "\r\n " : " ") + id.value() + "\r\n";
}

}  // namespace

Result<std::string> compose(const Message& message) {
  TRY(check_body("text", message.text));
  TRY(check_body("html", message.html));
  const std::string& fairlead_id = message.fairlead_id.value();
  if (fairlead_id.size() > fairlead_id_bytes_max || !is_visible_ascii(fairlead_id))
    return invalid("fairlead_id", "not an id");
  if (message.invitation && message.invitation->method == ical::Method::none)
    return invalid("invitation", "an invitation needs a method");
  std::string out = plain_line("Date", format_mail_date(message.date));
  out += mailbox_line("From", message.from);
  if (message.reply_to) out += mailbox_line("Reply-To", *message.reply_to);
  out += mailbox_line("To", message.to);
  out += header_line("Subject", message.subject);
  out += id_line("Message-ID", message.id);
  if (message.replies_to)
    out += id_line("In-Reply-To", *message.replies_to) + id_line("References", *message.replies_to);
  out += plain_line("Auto-Submitted", "auto-generated");
  if (!message.fairlead_id.empty()) out += plain_line("X-Fairlead-Id", message.fairlead_id.value());
  out += plain_line("MIME-Version", "1.0");
  return out + body_of(message);
}

}  // namespace base::mime
