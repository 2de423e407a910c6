// The part of time.h that asks the zone data. The date library's own local_t is not chrono's, so
// times cross over as durations since 1970.
#include <algorithm>
#include <cstdlib>
#include <exception>

#include <date/tz.h>

#include "base/log.h"
#include "base/time.h"

namespace base {

using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::year_month_day;

namespace {

using SysSeconds = std::chrono::sys_seconds;

// Debian's zone files list each transition until 2037 and leave the years after it to a rule at
// their end that the library does not read: it would silently stay on winter time. Better no
// charter in 2038 than one that is an hour wrong.
constexpr std::chrono::year zone_rules_end{2037};

// Earlier stretches matter to nobody and may begin before any calendar program can count.
constexpr SysSeconds earliest{};

bool is_zone_name(std::string_view name) {
  // "localtime" is whatever the machine is set to, so it would mean another zone on another one.
  if (name.empty() || name.size() > 64 || name == "localtime") return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

// nullptr: unknown, or its file cannot be read. Asking once makes the library read the whole file,
// so that what follows does not throw.
const date::time_zone* zone_or_null(const std::string& name) {
  if (!is_zone_name(name)) return nullptr;
  try {
    const date::time_zone* zone = date::locate_zone(name);
    static_cast<void>(zone->get_info(date::sys_seconds{}));
    return zone;
  } catch (const std::exception&) {
    return nullptr;
  }
}

// For functions whose caller promised is_zone(name). Any answer would be a wrong time of day.
const date::time_zone& zone_or_die(const std::string& name) {
  const date::time_zone* zone = zone_or_null(name);
  if (zone) return *zone;
  log::error("zone data is gone", {{"zone", name}});
  std::abort();
}

date::sys_info info_at(const date::time_zone& zone, SysSeconds when) {
  return zone.get_info(date::sys_seconds(when.time_since_epoch()));
}

date::local_info info_of(const date::time_zone& zone, WallTime wall) {
  return zone.get_info(date::local_seconds(wall.time_since_epoch()));
}

// Offsets of today are whole minutes; Liberia's until 1972 was not and is shown rounded.
minutes offset_of(const date::sys_info& info) {
  return std::chrono::round<minutes>(info.offset);
}

Instant instant_of(WallTime wall, const date::sys_info& info) {
  return Instant(wall.time_since_epoch() - info.offset);
}

SysSeconds begin_of(const date::sys_info& info) {
  return std::max(earliest, SysSeconds(info.begin.time_since_epoch()));
}

std::string offset_text(minutes offset) {
  return format_offset_time({WallTime(), Instant(), offset, ""}).substr(19);
}

std::string clock_text(WallTime wall) {
  return format_wall(wall).substr(11);
}
std::string date_text(WallTime wall) {
  return format_wall(wall).substr(0, 10);
}

Error in_gap(WallTime wall, const date::local_info& info, const std::string& zone) {
  const WallTime next(floor<minutes>(info.second.begin.time_since_epoch() + info.second.offset));
  // Samoa once skipped a whole day: then the next valid time needs its date.
  const bool same_day = date_of(next) == date_of(wall);
  return {Kind::invalid, clock_text(wall) + " does not exist on " + date_text(wall) + " in " +
                             zone + "; the next valid time is " +
                             (same_day ? "" : date_text(next) + " ") + clock_text(next)};
}

Error in_overlap(WallTime wall, const date::local_info& info, const std::string& zone) {
  const std::string written = format_wall(wall);
  return {Kind::invalid, clock_text(wall) + " happens twice on " + date_text(wall) + " in " + zone +
                             "; add the offset: " + written + offset_text(offset_of(info.first)) +
                             " (the first) or " + written + offset_text(offset_of(info.second)) +
                             " (the second)"};
}

Error wrong_offset(const WrittenTime& written, const date::local_info& info,
                   const std::string& zone) {
  std::string right = offset_text(offset_of(info.first));
  if (info.result == date::local_info::ambiguous)
    right += " or " + offset_text(offset_of(info.second));
  return {Kind::invalid, "the offset " + offset_text(*written.offset) + " disagrees with " + zone +
                             ", which is at " + right + " then"};
}

Moment moment_of(WallTime wall, const date::sys_info& info, const std::string& zone) {
  return {wall, instant_of(wall, info), offset_of(info), zone};
}

}  // namespace

bool zone_data_present() {
  // Two questions: whether the data are there, and whether their transitions are written out (the
  // "slim" form of zone files leaves all years to the rule at the end, see zone_rules_end).
  using std::chrono::sys_days;
  const date::time_zone* zone = zone_or_null("America/New_York");
  if (!zone || !zone_or_null("UTC")) return false;
  const auto january = info_at(*zone, sys_days(zone_rules_end / 1 / 15));
  const auto july = info_at(*zone, sys_days(zone_rules_end / 7 / 15));
  return january.offset == std::chrono::hours(-5) && july.offset == std::chrono::hours(-4);
}

bool is_zone(std::string_view iana_name) {
  return zone_or_null(std::string(iana_name)) != nullptr;
}

Result<Moment> resolve(const WrittenTime& written, const std::string& zone) {
  const date::time_zone* found = zone_or_null(zone);
  if (!found) return Error{Kind::invalid, "the time zone \"" + zone + "\" is not known"};
  if (date_of(written.wall).year() > zone_rules_end)
    return Error{Kind::invalid, "is after 2037, for which no zone's summer time is known yet"};
  const date::local_info info = info_of(*found, written.wall);
  if (info.result == date::local_info::nonexistent) return in_gap(written.wall, info, zone);
  const bool twice = info.result == date::local_info::ambiguous;
  if (!written.offset)
    return twice ? Result<Moment>(in_overlap(written.wall, info, zone))
                 : moment_of(written.wall, info.first, zone);
  if (*written.offset == offset_of(info.first)) return moment_of(written.wall, info.first, zone);
  if (twice && *written.offset == offset_of(info.second))
    return moment_of(written.wall, info.second, zone);
  return wrong_offset(written, info, zone);
}

Moment at(Instant instant, const std::string& zone) {
  const auto info = info_at(zone_or_die(zone), floor<seconds>(instant));
  const WallTime wall(floor<minutes>(instant.time_since_epoch() + info.offset));
  return {wall, instant, offset_of(info), zone};
}

Instant start_of_day(year_month_day day, const std::string& zone) {
  const WallTime midnight{local_days(day)};
  const date::local_info info = info_of(zone_or_die(zone), midnight);
  if (info.result == date::local_info::nonexistent)
    return Instant(info.second.begin.time_since_epoch());
  return instant_of(midnight, info.first);  // of two midnights, the first
}

std::string zone_abbreviation(Instant instant, const std::string& zone) {
  return info_at(zone_or_die(zone), floor<seconds>(instant)).abbrev;
}

std::vector<ZoneStretch> zone_stretches(const std::string& zone, Instant from, Instant until) {
  const date::time_zone& found = zone_or_die(zone);
  std::vector<ZoneStretch> stretches;
  SysSeconds when = std::max(earliest, floor<seconds>(from));
  for (;;) {
    const date::sys_info info = info_at(found, when);
    const SysSeconds begin = begin_of(info);
    const minutes offset = offset_of(info);
    const minutes before =
        begin == earliest ? offset : offset_of(info_at(found, begin - seconds(1)));
    // Dublin's winter is written as daylight time of minus one hour, which calendar programs do
    // not expect: daylight here only ever moves a clock forward.
    const bool daylight = info.save != minutes(0) && offset >= before;
    stretches.push_back({begin, offset, before, daylight, info.abbrev});
    const SysSeconds end(info.end.time_since_epoch());
    if (end > until || end <= when) return stretches;
    when = end;
  }
}

}  // namespace base
