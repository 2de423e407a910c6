// iCalendar: composes one VCALENDAR with its zones and events.
// Always: CRLF line ends, lines folded at 75 bytes between characters, one VTIMEZONE per zone in
// use with every change of its offset in the years of the events, written out one by one; an event
// that starts or ends in an hour that happens twice stands in UTC, so that every reader agrees.
// Refuses: text with NUL, a lone CR or another control character (CRLF and LF become "\n"),
// addresses that are none. Source: RFC 5545, RFC 7986 (NAME, REFRESH-INTERVAL).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace base::ical {

// A value that may stand in a calendar. The empty one leaves its line out.
class Text {
 public:
  Text() = default;
  // Error kind invalid.
  static Result<Text> from(std::string_view value);
  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;  // UTF-8, LF as the only control character
};

// An absolute https:// or http:// address.
class Uri {
 public:
  Uri() = default;
  static Result<Uri> from(std::string_view address);
  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

struct Person {
  Text name;
  std::string address;  // write() refuses one that is no mail address
};

struct Position {
  double latitude = 0;
  double longitude = 0;
};

// A file to read has none. (PUBLISH would need an organizer with a mail address, RFC 5546 §3.2.1.)
// A cancel takes the event of its UID out of the attendee's calendar again (§3.2.5).
enum class Method { none, request, cancel };
std::string_view name_of(Method method);  // "", "REQUEST", "CANCEL"

enum class Status { confirmed, tentative, cancelled };

// What an attendee has said, as far as the organizer knows.
enum class Attendance { not_said, accepted, declined };

struct Event {
  Text uid;
  Instant stamp;  // when this state of the event was made
  std::uint32_t sequence = 0;
  Moment starts;
  Moment ends;
  Text summary;
  Text location;
  Text description;
  Text category;
  std::optional<Position> position;
  Uri url;
  Status status = Status::confirmed;
  std::optional<Person> organizer;
  std::optional<Person> attendee;  // is asked, and answers elsewhere: RSVP=FALSE
  Attendance attendance = Attendance::not_said;
};

struct Calendar {
  Method method = Method::none;
  Text name;                       // of a feed; empty: not a feed
  std::optional<minutes> refresh;  // how often a feed wants to be read again
  std::vector<Event> events;
};

// A cancelled event takes no time (TRANSP). Error kind invalid: a missing UID, an unknown zone, an
// end before its start, a bad address, a request or cancel without organizer or attendee, a cancel
// of an event that is not cancelled or a request of one that is.
Result<std::string> write(const Calendar& calendar);

}  // namespace base::ical
