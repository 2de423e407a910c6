#include "domain/decimal.h"

namespace domain {

std::optional<Decimal> Decimal::parse(std::string_view text) {
  constexpr std::int64_t whole_max = 1'000'000;
  const auto dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view part = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  if (whole.empty() || whole.size() > 7 || part.size() > 4) return std::nullopt;
  if (dot != std::string_view::npos && part.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (char c : whole) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (value >= whole_max) return std::nullopt;
  std::int64_t unit = scale;
  value *= scale;
  for (char c : part) {
    if (c < '0' || c > '9') return std::nullopt;
    unit /= 10;
    value += (c - '0') * unit;
  }
  return Decimal(value);
}

std::string Decimal::text() const {
  std::string answer = std::to_string(scaled_ / scale);
  std::string part = std::to_string(scale + scaled_ % scale).substr(1);
  while (!part.empty() && part.back() == '0') part.pop_back();
  return part.empty() ? answer : answer + "." + part;
}

std::int64_t multiplied_half_up(std::int64_t value, std::int64_t numerator,
                                std::int64_t denominator) {
  __extension__ using Wide = __int128;
  const Wide product = static_cast<Wide>(value) * numerator;
  return static_cast<std::int64_t>((product * 2 + denominator) /
                                   (static_cast<Wide>(denominator) * 2));
}

}  // namespace domain
