#include "domain/slug.h"

#include <algorithm>
#include <array>

namespace domain {

Slug slug_for(const Channel& channel, std::chrono::year_month_day day, int nth) {
  constexpr std::array<const char*, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};
  std::string text = channel.text() + "-" + months[static_cast<unsigned>(day.month()) - 1] + "-" +
                     std::to_string(static_cast<unsigned>(day.day()));
  if (nth > 1) text += "-" + std::to_string(nth);
  return Slug(std::move(text));
}

bool is_page_name(std::string_view text) {
  constexpr std::size_t length_max = 80;
  if (text.empty() || text.size() > length_max) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace domain
