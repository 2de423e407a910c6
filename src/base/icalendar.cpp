#include "base/icalendar.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/html.h"
#include "base/text.h"

namespace base::ical {
namespace {

constexpr std::size_t line_bytes_max = 75;
constexpr std::string_view product = "-//fairlead//fairlead " FAIRLEAD_VERSION "//EN";

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Collects content lines. The names are ours; values come escaped or from types that need none.
class Lines {
 public:
  void add(std::string_view name, std::string_view value) {
    std::string line(name);
    line.append(1, ':').append(value);
    fold(line);
  }
  void add_text(std::string_view name, const Text& text) {
    if (!text.empty()) add(name, escaped(text.value()));
  }
  std::string bytes() && { return std::move(bytes_); }

 private:
  static std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : value) {
      if (c == '\n') {
        out += "\\n";
        continue;
      }
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
    return out;
  }

  void fold(std::string_view line) {
    std::size_t room = line_bytes_max;
    while (line.size() > room) {
      std::size_t cut = room;
      while (continues_character(line[cut])) --cut;
      bytes_.append(line.substr(0, cut)).append("\r\n ");
      line.remove_prefix(cut);
      room = line_bytes_max - 1;  // the space of the fold counts
    }
    bytes_.append(line).append("\r\n");
  }

  std::string bytes_;
};

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string offset_text(minutes offset) {
  const int total = static_cast<int>(offset.count());
  const int size = total < 0 ? -total : total;
  return (total < 0 ? "-" : "+") + two_digits(size / 60) + two_digits(size % 60);
}

std::string degrees(double value) {
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 6);
  return {digits, end.ptr};
}

// Parameters cannot escape a double quote; an apostrophe stands for it. Source: RFC 5545 §3.2.
std::string quoted(std::string value) {
  std::replace(value.begin(), value.end(), '"', '\'');
  std::replace(value.begin(), value.end(), '\n', ' ');
  return '"' + value + '"';
}

std::string with_name(std::string_view property, const Person& person) {
  std::string line(property);
  if (!person.name.empty()) line += ";CN=" + quoted(person.name.value());
  return line;
}

// The zone's wall clock just before a stretch begins is what its DTSTART is written in. A stretch
// from before calendars is moved to 1970, where it changes nothing.
void write_stretch(Lines& out, const ZoneStretch& stretch) {
  const bool ancient = stretch.begin <= Instant{};
  const minutes before = ancient ? stretch.offset : stretch.offset_before;
  const Instant begin = ancient ? Instant{} : stretch.begin;
  const auto wall =
      std::chrono::floor<minutes>(begin.time_since_epoch()) + (ancient ? minutes{0} : before);
  const std::string_view kind = stretch.daylight ? "DAYLIGHT" : "STANDARD";
  out.add("BEGIN", kind);
  out.add("DTSTART", format_wall_compact(WallTime{wall}));
  out.add("TZOFFSETFROM", offset_text(before));
  out.add("TZOFFSETTO", offset_text(stretch.offset));
  out.add("TZNAME", stretch.abbreviation);
  out.add("END", kind);
}

Instant start_of_year(std::chrono::year year) {
  return std::chrono::sys_days{year / std::chrono::January / 1};
}

void write_zone(Lines& out, const std::string& zone, Instant from, Instant until) {
  const auto year_of = [](Instant instant) {
    return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(instant)}.year();
  };
  const Instant first = start_of_year(year_of(from));
  const Instant last = start_of_year(year_of(until) + std::chrono::years{1});
  out.add("BEGIN", "VTIMEZONE");
  out.add("TZID", zone);
  for (const ZoneStretch& stretch : zone_stretches(zone, first, last)) write_stretch(out, stretch);
  out.add("END", "VTIMEZONE");
}

Result<void> check(const Event& event) {
  if (event.uid.empty()) return invalid("uid", "an event needs a UID");
  for (const Moment* moment : {&event.starts, &event.ends})
    if (!is_zone(moment->zone)) return invalid("zone", "no such time zone: " + moment->zone);
  if (event.ends.utc < event.starts.utc) return invalid("ends", "the end is before the start");
  for (const auto* person : {&event.organizer, &event.attendee})
    if (*person && !is_mail_address((*person)->address))
      return invalid("address", "not a mail address in a calendar");
  return ok();
}

// What a method asks of its events. Source: RFC 5546 §3.2.2, §3.2.5.
Result<void> check_method(const Event& event, Method method) {
  if (method == Method::none) return ok();
  if (!event.organizer || !event.attendee)
    return invalid("method", "a request or cancel needs an organizer and an attendee");
  if ((method == Method::cancel) != (event.status == Status::cancelled))
    return invalid("method", "the method and the status of an event disagree");
  return ok();
}

std::string_view name_of(Status status) {
  switch (status) {
    case Status::confirmed:
      return "CONFIRMED";
    case Status::tentative:
      return "TENTATIVE";
    case Status::cancelled:
      return "CANCELLED";
  }
  return "";
}

// Source: RFC 5545 §3.2.12.
std::string_view name_of(Attendance attendance) {
  switch (attendance) {
    case Attendance::not_said:
      return "NEEDS-ACTION";
    case Attendance::accepted:
      return "ACCEPTED";
    case Attendance::declined:
      return "DECLINED";
  }
  return "";
}

// Whether the wall time and its zone alone name the instant. Not in the hour that happens twice:
// RFC 5545 §3.3.5 says the first of the two, libical and others read the second, and the second
// cannot be said at all.
bool says_its_instant(const Moment& moment) {
  const auto alone = resolve({moment.wall, std::nullopt}, moment.zone);
  return alone && alone->utc == moment.utc;
}

// Both times of an event take one form: some readers stumble over a start and an end of two kinds.
bool is_written_in_utc(const Event& event) {
  return !says_its_instant(event.starts) || !says_its_instant(event.ends);
}

void write_times(Lines& out, const Event& event) {
  const bool in_utc = is_written_in_utc(event);
  const auto write_time = [&](const std::string& name, const Moment& moment) {
    if (in_utc)
      out.add(name, format_utc_compact(moment.utc));
    else
      out.add(name + ";TZID=" + moment.zone, format_wall_compact(moment.wall));
  };
  write_time("DTSTART", event.starts);
  write_time("DTEND", event.ends);
}

void write_event(Lines& out, const Event& event) {
  out.add("BEGIN", "VEVENT");
  out.add_text("UID", event.uid);
  out.add("DTSTAMP", format_utc_compact(event.stamp));
  out.add("SEQUENCE", std::to_string(event.sequence));
  write_times(out, event);
  out.add_text("SUMMARY", event.summary);
  out.add_text("LOCATION", event.location);
  if (event.position)
    out.add("GEO", degrees(event.position->latitude) + ';' + degrees(event.position->longitude));
  out.add_text("DESCRIPTION", event.description);
  out.add_text("CATEGORIES", event.category);
  if (!event.url.empty()) out.add("URL", event.url.value());
  out.add("STATUS", name_of(event.status));
  // Programs that show a cancelled event as any other then keep its time free at least.
  out.add("TRANSP", event.status == Status::cancelled ? "TRANSPARENT" : "OPAQUE");
  if (event.organizer)
    out.add(with_name("ORGANIZER", *event.organizer), "mailto:" + event.organizer->address);
  if (event.attendee)
    out.add(with_name("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=" +
                          std::string(name_of(event.attendance)) + ";RSVP=FALSE",
                      *event.attendee),
            "mailto:" + event.attendee->address);
  out.add("END", "VEVENT");
}

using ZoneYears = std::map<std::string, std::pair<Instant, Instant>>;

ZoneYears zones_of(const std::vector<Event>& events) {
  ZoneYears zones;
  for (const Event& event : events) {
    if (is_written_in_utc(event)) continue;
    for (const Moment* moment : {&event.starts, &event.ends}) {
      const auto [row, added] = zones.try_emplace(moment->zone, moment->utc, moment->utc);
      row->second.first = std::min(row->second.first, moment->utc);
      row->second.second = std::max(row->second.second, moment->utc);
    }
  }
  return zones;
}

void write_head(Lines& out, const Calendar& calendar) {
  out.add("VERSION", "2.0");
  out.add("PRODID", product);
  out.add("CALSCALE", "GREGORIAN");
  if (calendar.method != Method::none) out.add("METHOD", name_of(calendar.method));
  out.add_text("NAME", calendar.name);
  out.add_text("X-WR-CALNAME", calendar.name);
  if (!calendar.refresh) return;
  const std::string period = "PT" + std::to_string(calendar.refresh->count()) + "M";
  out.add("REFRESH-INTERVAL;VALUE=DURATION", period);
  out.add("X-PUBLISHED-TTL", period);
}

}  // namespace

Result<Text> Text::from(std::string_view value) {
  if (!is_utf8(value)) return invalid("text", "not UTF-8");
  Text text;
  text.value_.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i)
    if (!value.substr(i).starts_with("\r\n")) text.value_ += value[i];
  if (has_control_characters_besides_newline(text.value_))
    return invalid("text", "control characters cannot stand in a calendar");
  return text;
}

Result<Uri> Uri::from(std::string_view address) {
  if (!address.starts_with("https://") && !address.starts_with("http://"))
    return invalid("url", "not an absolute web address");
  if (!is_utf8(address) || has_control_characters(address) || !html::is_safe_url(address))
    return invalid("url", "not a web address");
  Uri uri;
  uri.value_ = address;
  return uri;
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::none:
      return "";
    case Method::request:
      return "REQUEST";
    case Method::cancel:
      return "CANCEL";
  }
  return "";
}

Result<std::string> write(const Calendar& calendar) {
  for (const Event& event : calendar.events) {
    TRY(check(event));
    TRY(check_method(event, calendar.method));
  }
  Lines out;
  out.add("BEGIN", "VCALENDAR");
  write_head(out, calendar);
  for (const auto& [zone, years] : zones_of(calendar.events))
    write_zone(out, zone, years.first, years.second);
  for (const Event& event : calendar.events) write_event(out, event);
  out.add("END", "VCALENDAR");
  return std::move(out).bytes();
}

}  // namespace base::ical
