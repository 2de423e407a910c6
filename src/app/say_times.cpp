#include "app/say_times.h"

#include <vector>

namespace app {
namespace {

std::string element(const std::vector<std::string>& list, std::size_t index) {
  return index < list.size() ? list[index] : std::string();
}

std::string two_digits(long number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

struct DayParts {
  std::size_t weekday;  // 0: Sunday
  std::size_t month;    // 0: January
  std::string day;
  std::string year;
};

DayParts parts_of(const base::Moment& moment) {
  const auto date = base::date_of(moment.wall);
  const std::chrono::weekday weekday{std::chrono::local_days{date}};
  return {weekday.c_encoding(), static_cast<unsigned>(date.month()) - 1,
          std::to_string(static_cast<unsigned>(date.day())),
          std::to_string(static_cast<int>(date.year()))};
}

void append_count(std::string& out, long count, const std::string& said) {
  if (count == 0) return;
  if (!out.empty()) out += ' ';
  out += said;
}

}  // namespace

std::string say_day(const base::Moment& moment, const base::Words& words) {
  const DayParts parts = parts_of(moment);
  return words.say("time.day", {{"weekday", element(words.list("time.weekdays"), parts.weekday)},
                                {"day", parts.day},
                                {"month", element(words.list("time.months"), parts.month)},
                                {"year", parts.year}});
}

std::string say_day_short(const base::Moment& moment, const base::Words& words) {
  const DayParts parts = parts_of(moment);
  return words.say("time.day_short",
                   {{"weekday", element(words.list("time.weekdays_short"), parts.weekday)},
                    {"day", parts.day},
                    {"month", element(words.list("time.months_short"), parts.month)},
                    {"year", parts.year}});
}

std::string say_clock(const base::Moment& moment, const base::Words& words) {
  const int minute_of_day = base::minute_of_day(moment.wall);
  const int hour = minute_of_day / 60;
  const int hour_of_twelve = hour % 12 == 0 ? 12 : hour % 12;
  const std::string clock = std::to_string(hour_of_twelve) + ':' + two_digits(minute_of_day % 60);
  return hour < 12 ? words.say("time.am", {{"clock", clock}})
                   : words.say("time.pm", {{"clock", clock}});
}

std::string say_zone(const base::Moment& moment) {
  std::string letters = base::zone_abbreviation(moment.utc, moment.zone);
  if (!letters.starts_with('+') && !letters.starts_with('-')) return letters;
  const long offset = moment.offset.count();
  const long size = offset < 0 ? -offset : offset;
  const std::string sign = offset < 0 ? "\u2212" : "+";
  const std::string rest = size % 60 == 0 ? "" : ':' + two_digits(size % 60);
  return "UTC" + sign + std::to_string(size / 60) + rest;
}

std::string say_clock_zoned(const base::Moment& moment, const base::Words& words) {
  return say_clock(moment, words) + ' ' + say_zone(moment);
}

std::string say_moment(const base::Moment& moment, const base::Words& words) {
  return say_day_short(moment, words) + ", " + say_clock_zoned(moment, words);
}

std::string say_clocks(const base::Moment& starts, const base::Moment& ends,
                       const base::Words& words) {
  const bool same_day = base::date_of(starts.wall) == base::date_of(ends.wall);
  const std::string zone_then = say_zone(starts);
  const std::string zone_later = say_zone(ends);
  std::string out = say_clock(starts, words);
  if (zone_then != zone_later || !same_day) out += ' ' + zone_then;
  out += " \u2013 ";
  if (!same_day) out += say_day(ends, words) + ", ";
  return out + say_clock(ends, words) + ' ' + zone_later;
}

std::string say_when(const base::Moment& starts, const base::Moment& ends,
                     const base::Words& words) {
  return say_day(starts, words) + ", " + say_clocks(starts, ends, words);
}

std::string say_length(const base::Moment& starts, const base::Moment& ends,
                       const base::Words& words) {
  const long total = std::chrono::duration_cast<base::minutes>(ends.utc - starts.utc).count();
  const long days = total / (24 * 60);
  const long hours = total / 60 % 24;
  const long minutes = total % 60;
  std::string out;
  append_count(out, days,
               days == 1 ? words.say("time.one_day")
                         : words.say("time.days", {{"count", std::to_string(days)}}));
  append_count(out, hours,
               hours == 1 ? words.say("time.one_hour")
                          : words.say("time.hours", {{"count", std::to_string(hours)}}));
  append_count(out, minutes,
               minutes == 1 ? words.say("time.one_minute")
                            : words.say("time.minutes", {{"count", std::to_string(minutes)}}));
  return out;
}

}  // namespace app
