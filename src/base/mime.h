// MIME: composes one mail to one recipient: text, HTML and, if there is one, an invitation.
// Always: ASCII bytes with CRLF line ends, lines of at most 78 bytes where a header allows it and
// never more than 998; the same message gives the same bytes, boundaries included, so that a
// repeat can be recognised.
// Refuses: header values with CR, LF, NUL or any other control character, or over
// header_bytes_max; addresses and ids of another form. Source: RFC 5322, 2045-2047, 3834, 6047.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/icalendar.h"
#include "base/result.h"
#include "base/time.h"

namespace base::mime {

inline constexpr std::size_t header_bytes_max = 4096;

// Text that may stand in a header, in any language.
class HeaderText {
 public:
  HeaderText() = default;
  // Error kind invalid.
  static Result<HeaderText> from(std::string_view value);
  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;  // UTF-8 without control characters
};

// A name (may be empty) and an address.
class Mailbox {
 public:
  static Result<Mailbox> from(std::string_view name, std::string_view address);
  // "ana@crew.example", "Ana Reyes <ana@crew.example>" or "\"Reyes, Ana\" <ana@crew.example>".
  static Result<Mailbox> parse(std::string_view text);

  const std::string& name() const { return name_.value(); }
  const std::string& address() const { return address_; }

 private:
  Mailbox() = default;
  HeaderText name_;
  std::string address_;
};

// "<id@host>", printable ASCII.
class MessageId {
 public:
  static Result<MessageId> from(std::string_view value);
  const std::string& value() const { return value_; }

 private:
  MessageId() = default;
  std::string value_;
};

// A whole VCALENDAR, sent as a part that mail programs act on and as a file they can save.
struct Invitation {
  ical::Method method = ical::Method::request;
  std::string calendar;
};

struct Message {
  Mailbox from;
  Mailbox to;
  std::optional<Mailbox> reply_to;
  HeaderText subject;
  MessageId id;
  std::optional<MessageId> replies_to = std::nullopt;  // the mail that this one follows
  HeaderText fairlead_id;                              // X-Fairlead-Id: which job sent it
  Instant date;
  std::string text;  // LF or CRLF line ends
  std::string html;
  std::optional<Invitation> invitation;
};

// Error kind invalid: a body that is no UTF-8 or has control characters besides line ends.
Result<std::string> compose(const Message& message);

// "Subject: …" and its CRLF: folded, and in encoded words (RFC 2047) where ASCII will not do.
std::string header_line(std::string_view name, const HeaderText& value);
// A body in quoted-printable with CRLF line ends. Source: RFC 2045 §6.7.
std::string quoted_printable(std::string_view body);

}  // namespace base::mime
