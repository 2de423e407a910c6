#include "transports/http_answer.h"

#include <array>

namespace transports {
namespace {

std::string_view without_weakness(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

void append_number(std::string& text, unsigned value, std::size_t digits) {
  text.resize(text.size() + digits);
  for (std::size_t at = text.size(); digits > 0; --digits, value /= 10) {
    text[--at] = static_cast<char>('0' + value % 10);
  }
}

}  // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  const std::string_view wanted = without_weakness(etag);
  std::string_view rest = if_none_match;
  if (rest == "*") return true;
  for (;;) {
    // A tag may hold commas, so the list is read quote by quote; what is no tag ends the reading.
    const std::size_t begin = rest.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return false;
    rest = without_weakness(rest.substr(begin));
    const std::size_t end = rest.find('"', 1);
    if (!rest.starts_with('"') || end == std::string_view::npos) return false;
    if (rest.substr(0, end + 1) == wanted) return true;
    rest.remove_prefix(end + 1);
  }
}

std::string with_connection(std::string_view answer, std::string_view option) {
  const std::size_t head_end = answer.find("\r\n\r\n");
  std::string bytes;
  bytes.reserve(answer.size() + option.size() + 16);
  bytes.append(answer.substr(0, head_end)).append("\r\nConnection: ").append(option);
  if (head_end != std::string_view::npos) bytes.append(answer.substr(head_end));
  return bytes;
}

std::string http_date(std::chrono::sys_seconds instant) {
  static constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                           "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> months = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(instant - day);
  std::string text(days.at(std::chrono::weekday(day).c_encoding()));
  text.append(", ");
  append_number(text, static_cast<unsigned>(date.day()), 2);
  text.append(" ").append(months.at(static_cast<unsigned>(date.month()) - 1)).append(" ");
  append_number(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  text.append(" ");
  append_number(text, static_cast<unsigned>(time.hours().count()), 2);
  text.append(":");
  append_number(text, static_cast<unsigned>(time.minutes().count()), 2);
  text.append(":");
  append_number(text, static_cast<unsigned>(time.seconds().count()), 2);
  text.append(" GMT");
  return text;
}

}  // namespace transports
