// Time: instants (UTC), wall times (what the dock's clock shows) and IANA zones.
// Always: a wall time means nothing without its zone; arithmetic happens on instants.
// Refuses: wall times that a zone skips (spring gap), and ambiguous ones (autumn overlap) without
// an offset. Zone data is tzdata: what $TZDIR names, else the operating system's, else the folder
// zoneinfo beside a Lambda's binary ($LAMBDA_TASK_ROOT). A zone is read once in a process's life.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace base {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using WallTime = std::chrono::local_time<std::chrono::minutes>;
using std::chrono::minutes;

// A wall time tied to the zone's offset at that moment.
struct Moment {
  WallTime wall;
  Instant utc;
  minutes offset{0};  // east of Greenwich is positive
  std::string zone;   // IANA name
  friend bool operator==(const Moment&, const Moment&) = default;
};

// What a sender wrote: "2027-05-30T16:30", with or without ":SS", with or without an offset or Z.
struct WrittenTime {
  WallTime wall;
  std::optional<minutes> offset;
  friend bool operator==(const WrittenTime&, const WrittenTime&) = default;
};

// Error kind invalid, message without a field. Seconds must be 00. Years 1970 to 2199.
Result<WrittenTime> parse_written_time(std::string_view text);
Result<std::chrono::year_month_day> parse_date(std::string_view text);  // "2027-05-30"
std::string format_date(std::chrono::year_month_day day);               // the same

bool zone_data_present();                  // whether zone data can be read at all
bool is_zone(std::string_view iana_name);  // not "localtime", which differs between machines

// Ties a written time to a zone. Errors (invalid): in a gap (the message gives the next valid
// time), in an overlap without an offset, offset that disagrees with the zone, unknown zone.
Result<Moment> resolve(const WrittenTime& written, const std::string& zone);

// The dock's clock at an instant. Requires: is_zone(zone).
Moment at(Instant instant, const std::string& zone);

// The first instant of a dock day; a day whose midnight is skipped starts at its first valid
// minute.
Instant start_of_day(std::chrono::year_month_day day, const std::string& zone);

// "PDT", "CEST"; an offset such as "+03" where a zone has no letters.
std::string zone_abbreviation(Instant instant, const std::string& zone);

// One change of a zone's offset, as a VTIMEZONE needs it.
struct ZoneStretch {
  Instant begin;      // the instant the stretch starts
  minutes offset{0};  // in force within it
  minutes offset_before{0};
  bool daylight = false;
  std::string abbreviation;
};
// Every stretch that touches [from, until], oldest first; at least one.
std::vector<ZoneStretch> zone_stretches(const std::string& zone, Instant from, Instant until);

std::string format_utc(Instant instant);  // 2027-05-30T23:30:00Z
std::string format_utc_compact(
    Instant instant);  // 20270530T233000Z, the form of iCalendar and SigV4
std::string format_wall_compact(WallTime wall);        // 20270530T163000
std::string format_offset_time(const Moment& moment);  // 2027-05-30T16:30:00-07:00
std::string format_wall(WallTime wall);                // 2027-05-30T16:30
std::string format_mail_date(Instant instant);         // RFC 5322: Sun, 30 May 2027 23:30:00 +0000
Result<Instant> parse_utc(std::string_view text);      // what format_utc writes
// "Sun, 06 Nov 1994 08:49:37 GMT"; nullopt: not of the form. Source: RFC 9110 §5.6.7, IMF-fixdate.
std::optional<Instant> parse_http_date(std::string_view text);

std::chrono::year_month_day date_of(WallTime wall);
int minute_of_day(WallTime wall);

}  // namespace base
