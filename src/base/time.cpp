#include "base/time.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace base {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

namespace {

constexpr std::chrono::year year_min{1970};
constexpr std::chrono::year year_max{2199};
// No zone has ever been further from Greenwich than 15:14.
constexpr minutes offset_max = hours(16);

Error not_a_time() {
  return {Kind::invalid, "is not a time such as 2027-05-30T16:30, with or without an offset"};
}

// Reads a text from its start; once something does not fit it has failed for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  unsigned digits(std::size_t count) {
    const auto number = parse_unsigned(rest_.substr(0, count));
    failed_ = failed_ || rest_.size() < count || !number;
    if (failed_) return 0;
    rest_.remove_prefix(count);
    return static_cast<unsigned>(*number);
  }
  std::string_view word(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  void expect(char c) { failed_ = !accept(c) || failed_; }
  bool accept(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  year_month_day date() {
    const auto year = static_cast<int>(digits(4));
    expect('-');
    const unsigned month = digits(2);
    expect('-');
    const unsigned day = digits(2);
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  }
  // Minutes since midnight; an hour of 24 or a minute of 60 fails.
  minutes hour_and_minute() {
    const unsigned hour = digits(2);
    expect(':');
    const unsigned minute = digits(2);
    failed_ = failed_ || hour > 23 || minute > 59;
    return hours(hour) + minutes(minute);
  }

  bool failed() const { return failed_; }
  bool done() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool is_known_date(year_month_day day) {
  return day.ok() && day.year() >= year_min && day.year() <= year_max;
}

// An offset at the end of a text: Z, +02:00, -07:00. nullopt when there is none.
std::optional<minutes> read_offset(Reader& reader) {
  if (reader.accept('Z')) return minutes(0);
  if (reader.accept('-')) return -reader.hour_and_minute();
  if (reader.accept('+')) return reader.hour_and_minute();
  return std::nullopt;
}

void put(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void put_date(std::string& out, year_month_day day, std::string_view separator) {
  put(out, static_cast<int>(day.year()), 4);
  out += separator;
  put(out, static_cast<unsigned>(day.month()), 2);
  out += separator;
  put(out, static_cast<unsigned>(day.day()), 2);
}

void put_clock(std::string& out, seconds since_midnight, std::string_view separator) {
  const hh_mm_ss clock(since_midnight);
  put(out, clock.hours().count(), 2);
  out += separator;
  put(out, clock.minutes().count(), 2);
  out += separator;
  put(out, clock.seconds().count(), 2);
}

template <class Time>
std::string formatted(Time time, std::string_view date_mark, std::string_view clock_mark) {
  const auto day = floor<days>(time);
  std::string out;
  put_date(out, year_month_day(day), date_mark);
  out += 'T';
  put_clock(out, floor<seconds>(time - day), clock_mark);
  return out;
}

}  // namespace

Result<WrittenTime> parse_written_time(std::string_view text) {
  Reader reader(text);
  const year_month_day day = reader.date();
  reader.expect('T');
  const minutes clock = reader.hour_and_minute();
  const bool whole_minute = !reader.accept(':') || reader.digits(2) == 0;
  const auto offset = read_offset(reader);
  if (!reader.done()) return not_a_time();
  if (!day.ok()) return Error{Kind::invalid, "names a day that its month does not have"};
  if (!is_known_date(day)) return Error{Kind::invalid, "is not within the years 1970 to 2199"};
  if (!whole_minute) return Error{Kind::invalid, "must be a whole minute"};
  if (offset && abs(*offset) > offset_max) return not_a_time();
  return WrittenTime{WallTime(local_days(day)) + clock, offset};
}

Result<year_month_day> parse_date(std::string_view text) {
  Reader reader(text);
  const year_month_day day = reader.date();
  if (!reader.done()) return Error{Kind::invalid, "is not a date such as 2027-05-30"};
  if (!day.ok()) return Error{Kind::invalid, "names a day that its month does not have"};
  if (!is_known_date(day)) return Error{Kind::invalid, "is not within the years 1970 to 2199"};
  return day;
}

std::string format_utc(Instant instant) {
  return formatted(instant, "-", ":") + 'Z';
}

std::string format_utc_compact(Instant instant) {
  return formatted(instant, "", "") + 'Z';
}

std::string format_wall_compact(WallTime wall) {
  return formatted(wall, "", "");
}

std::string format_date(year_month_day day) {
  return format_wall(local_days(day)).substr(0, 10);
}

std::string format_wall(WallTime wall) {
  std::string out = formatted(wall, "-", ":");
  out.resize(out.size() - 3);  // without the seconds
  return out;
}

std::string format_offset_time(const Moment& moment) {
  std::string out = formatted(moment.wall, "-", ":");
  const hh_mm_ss offset(moment.offset);
  out += offset.is_negative() ? '-' : '+';
  put(out, offset.hours().count(), 2);
  out += ':';
  put(out, offset.minutes().count(), 2);
  return out;
}

std::string format_mail_date(Instant instant) {
  static constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed",
                                                            "Thu", "Fri", "Sat"};
  const sys_days day = floor<days>(instant);
  const year_month_day date(day);
  std::string out(weekdays.at(weekday(day).c_encoding()));
  out += ", ";
  put(out, static_cast<unsigned>(date.day()), 2);
  ((out += ' ') += month_names.at(static_cast<unsigned>(date.month()) - 1)) += ' ';
  put(out, static_cast<int>(date.year()), 4);
  out += ' ';
  put_clock(out, floor<seconds>(instant - day), ":");
  return out + " +0000";
}

Result<Instant> parse_utc(std::string_view text) {
  Reader reader(text);
  const year_month_day day = reader.date();
  reader.expect('T');
  const minutes clock = reader.hour_and_minute();
  reader.expect(':');
  const unsigned second = reader.digits(2);
  reader.expect('Z');
  if (!reader.done() || !day.ok() || second > 59)
    return malformed("is not an instant such as 2027-05-30T23:30:00Z");
  return Instant(sys_days(day)) + clock + seconds(second);
}

std::optional<Instant> parse_http_date(std::string_view text) {
  constexpr std::size_t weekday_length = 5;  // "Sun, "
  if (text.size() < weekday_length || text.substr(3, 2) != ", ") return std::nullopt;
  Reader reader(text.substr(weekday_length));
  const unsigned day = reader.digits(2);
  reader.expect(' ');
  const auto month = std::ranges::find(month_names, reader.word(3));
  reader.expect(' ');
  const auto year = static_cast<int>(reader.digits(4));
  reader.expect(' ');
  const minutes clock = reader.hour_and_minute();
  reader.expect(':');
  const unsigned second = reader.digits(2);
  for (const char c : std::string_view(" GMT")) reader.expect(c);
  const std::chrono::month number(static_cast<unsigned>(month - month_names.begin()) + 1);
  const year_month_day date = std::chrono::year(year) / number / std::chrono::day(day);
  if (!reader.done() || !date.ok() || second > 60) return std::nullopt;
  return Instant(sys_days(date)) + clock + seconds(second);
}

year_month_day date_of(WallTime wall) {
  return year_month_day(floor<days>(wall));
}

int minute_of_day(WallTime wall) {
  return static_cast<int>((wall - floor<days>(wall)).count());
}

}  // namespace base
