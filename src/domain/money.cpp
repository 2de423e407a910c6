#include "domain/money.h"

#include <algorithm>
#include <array>

namespace domain {

namespace {

constexpr std::array<std::string_view, 16> without_decimals = {
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
    "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> with_three_decimals = {"BHD", "IQD", "JOD", "KWD",
                                                                 "LYD", "OMR", "TND"};

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t answer = 1;
  while (exponent-- > 0) answer *= 10;
  return answer;
}

}  // namespace

std::optional<Currency> Currency::parse(std::string_view code) {
  const bool letters =
      std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (code.size() != 3 || !letters) return std::nullopt;
  return Currency(std::string(code));
}

int Currency::decimals() const {
  if (std::find(without_decimals.begin(), without_decimals.end(), code_) != without_decimals.end())
    return 0;
  if (std::find(with_three_decimals.begin(), with_three_decimals.end(), code_) !=
      with_three_decimals.end())
    return 3;
  return 2;
}

std::optional<Money> parse_money(std::string_view text, const Currency& currency) {
  constexpr std::size_t whole_digits_max = 9;
  const auto dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view part = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  const auto decimals = static_cast<std::size_t>(currency.decimals());
  if (whole.empty() || whole.size() > whole_digits_max || !all_digits(whole)) return std::nullopt;
  if (part.size() > decimals || !all_digits(part)) return std::nullopt;
  if (dot != std::string_view::npos && part.empty()) return std::nullopt;
  std::int64_t minor = 0;
  for (char c : whole) minor = minor * 10 + (c - '0');
  for (std::size_t i = 0; i < decimals; ++i)
    minor = minor * 10 + (i < part.size() ? part[i] - '0' : 0);
  return Money{minor, currency};
}

std::string text_of(const Money& money) {
  const int decimals = money.currency.decimals();
  const std::int64_t unit = power_of_ten(decimals);
  const std::int64_t size = money.minor < 0 ? -money.minor : money.minor;
  std::string answer = (money.minor < 0 ? "-" : "") + std::to_string(size / unit);
  if (decimals > 0) answer += "." + std::to_string(unit + size % unit).substr(1);
  return answer;
}

}  // namespace domain
