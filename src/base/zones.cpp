// The part of time.h that asks the zone data, through absl::TimeZone: it reads the years that a
// zone file lists, and the rule at its end for those after them.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <shared_mutex>

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include "base/log.h"
#include "base/time.h"

namespace base {

using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::year_month_day;

namespace {

using SysSeconds = std::chrono::sys_seconds;
using TimeInfo = absl::TimeZone::TimeInfo;

// Earlier stretches matter to nobody and may begin before any calendar program can count.
constexpr SysSeconds earliest{};

// The zone every zone folder has; without it there are no zone data there.
constexpr const char* sure_zone = "America/New_York";

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value ? value : "";
}

bool is_there(const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  return file && std::fclose(file) == 0;
}

// Empty: there is none, and no zone is known.
std::string find_zone_folder() {
  const std::string named = from_environment("TZDIR");
  const std::string package = from_environment("LAMBDA_TASK_ROOT");
  for (const std::string& folder : {named, std::string("/usr/share/zoneinfo"),
                                    package.empty() ? package : package + "/zoneinfo"})
    if (folder.starts_with('/') && is_there(folder + "/" + sure_zone)) return folder;
  return {};
}

// Not every file of the folder is a zone of IANA's: "localtime" is whatever the machine is set to,
// so it would mean another zone on another one, and what stands under right/ counts leap seconds.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.starts_with('/')) return false;
  for (const std::string_view other : {"localtime", "posixrules", "Factory"})
    if (name == other) return false;
  if (name.starts_with("posix/") || name.starts_with("right/")) return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

// The zones asked for so far. The library remembers wrong names as well, without end, so it is
// asked only for files that are there. A zone stays as it was first read until the process ends.
class Zones {
 public:
  // nullptr: unknown, or its file cannot be read.
  const absl::TimeZone* find(const std::string& name) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = known_.find(name); found != known_.end()) return &found->second;
    }
    if (folder_.empty() || !is_zone_name(name)) return nullptr;
    const std::string path = folder_ + "/" + name;
    absl::TimeZone zone;
    if (!is_there(path) || !absl::LoadTimeZone(path, &zone)) return nullptr;
    const std::unique_lock lock(mutex_);
    return &known_.emplace(name, zone).first->second;
  }

 private:
  const std::string folder_ = find_zone_folder();
  std::shared_mutex mutex_;
  std::map<std::string, absl::TimeZone> known_;
};

const absl::TimeZone* zone_or_null(const std::string& name) {
  static Zones zones;
  return zones.find(name);
}

// For functions whose caller promised is_zone(name). Any answer would be a wrong time of day.
const absl::TimeZone& zone_or_die(const std::string& name) {
  const absl::TimeZone* zone = zone_or_null(name);
  if (zone) return *zone;
  log::error("zone data is gone", {{"zone", name}});
  std::abort();
}

absl::TimeZone::CivilInfo info_at(const absl::TimeZone& zone, SysSeconds when) {
  return zone.At(absl::FromUnixSeconds(when.time_since_epoch().count()));
}

TimeInfo info_of(const absl::TimeZone& zone, WallTime wall) {
  return zone.At(absl::CivilSecond() + seconds(wall.time_since_epoch()).count());
}

SysSeconds instant_of(absl::Time time) {
  return SysSeconds(seconds(absl::ToUnixSeconds(time)));
}

// Offsets of today are whole minutes; Liberia's until 1972 was not and is shown rounded.
minutes offset_of(const absl::TimeZone::CivilInfo& info) {
  return std::chrono::round<minutes>(seconds(info.offset));
}

Moment moment_of(WallTime wall, absl::Time time, const std::string& zone) {
  const SysSeconds utc = instant_of(time);
  const seconds offset = wall.time_since_epoch() - utc.time_since_epoch();
  return {wall, utc, std::chrono::round<minutes>(offset), zone};
}

WallTime wall_of(const absl::CivilSecond& civil) {
  return WallTime(floor<minutes>(seconds(civil - absl::CivilSecond())));
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

Error in_gap(WallTime wall, WallTime next, const std::string& zone) {
  // Samoa once skipped a whole day: then the next valid time needs its date.
  const bool same_day = date_of(next) == date_of(wall);
  return {Kind::invalid, clock_text(wall) + " does not exist on " + date_text(wall) + " in " +
                             zone + "; the next valid time is " +
                             (same_day ? "" : date_text(next) + " ") + clock_text(next)};
}

Error in_overlap(const Moment& first, const Moment& second) {
  const std::string written = format_wall(first.wall);
  return {Kind::invalid, clock_text(first.wall) + " happens twice on " + date_text(first.wall) +
                             " in " + first.zone + "; add the offset: " + written +
                             offset_text(first.offset) + " (the first) or " + written +
                             offset_text(second.offset) + " (the second)"};
}

Error wrong_offset(minutes written, const Moment& first, const Moment& second) {
  std::string right = offset_text(first.offset);
  if (first != second) right += " or " + offset_text(second.offset);
  return {Kind::invalid, "the offset " + offset_text(written) + " disagrees with " + first.zone +
                             ", which is at " + right + " then"};
}

// What begins at an instant that the zone data list, or at the first of all.
ZoneStretch stretch_at(const absl::TimeZone& zone, SysSeconds begin) {
  const auto info = info_at(zone, begin);
  const minutes offset = offset_of(info);
  const minutes before = begin == earliest ? offset : offset_of(info_at(zone, begin - seconds(1)));
  // Dublin's winter is written as daylight time of minus one hour, which calendar programs do
  // not expect: daylight here only ever moves a clock forward.
  return {begin, offset, before, info.is_dst && offset >= before, info.zone_abbr};
}

// The last change up to an instant, and the first one after it.
SysSeconds change_before(const absl::TimeZone& zone, SysSeconds when) {
  absl::TimeZone::CivilTransition change;
  const absl::Time after = absl::FromUnixSeconds(when.time_since_epoch().count() + 1);
  if (!zone.PrevTransition(after, &change)) return earliest;
  return std::max(earliest, instant_of(zone.At(change.to).trans));
}
std::optional<SysSeconds> change_after(const absl::TimeZone& zone, SysSeconds when) {
  absl::TimeZone::CivilTransition change;
  const absl::Time time = absl::FromUnixSeconds(when.time_since_epoch().count());
  if (!zone.NextTransition(time, &change)) return std::nullopt;
  return instant_of(zone.At(change.to).trans);
}

}  // namespace

bool zone_data_present() {
  return is_zone(sure_zone) && is_zone("UTC");
}

bool is_zone(std::string_view iana_name) {
  return zone_or_null(std::string(iana_name)) != nullptr;
}

Result<Moment> resolve(const WrittenTime& written, const std::string& zone) {
  const absl::TimeZone* found = zone_or_null(zone);
  if (!found) return Error{Kind::invalid, "the time zone \"" + zone + "\" is not known"};
  const TimeInfo info = info_of(*found, written.wall);
  if (info.kind == TimeInfo::SKIPPED)
    return in_gap(written.wall, wall_of(found->At(info.trans).cs), zone);
  // Unless the time comes twice, both are the same.
  const Moment first = moment_of(written.wall, info.pre, zone);
  const Moment second = moment_of(written.wall, info.post, zone);
  if (!written.offset) return first == second ? Result<Moment>(first) : in_overlap(first, second);
  if (*written.offset == first.offset) return first;
  if (*written.offset == second.offset) return second;
  return wrong_offset(*written.offset, first, second);
}

Moment at(Instant instant, const std::string& zone) {
  const auto info = info_at(zone_or_die(zone), floor<seconds>(instant));
  return {wall_of(info.cs), instant, offset_of(info), zone};
}

Instant start_of_day(year_month_day day, const std::string& zone) {
  const TimeInfo info = info_of(zone_or_die(zone), WallTime{local_days(day)});
  // Of two midnights, the first.
  return instant_of(info.kind == TimeInfo::SKIPPED ? info.trans : info.pre);
}

std::string zone_abbreviation(Instant instant, const std::string& zone) {
  return info_at(zone_or_die(zone), floor<seconds>(instant)).zone_abbr;
}

std::vector<ZoneStretch> zone_stretches(const std::string& zone, Instant from, Instant until) {
  const absl::TimeZone& found = zone_or_die(zone);
  std::vector<ZoneStretch> stretches;
  std::optional begin = change_before(found, std::max(earliest, floor<seconds>(from)));
  do {
    stretches.push_back(stretch_at(found, *begin));
    begin = change_after(found, *begin);
  } while (begin && *begin <= until);
  return stretches;
}

}  // namespace base
