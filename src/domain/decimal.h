// Decimal: an exact number with at most four decimals, such as 18, 8.875 or 2.25. Hours and
// percentages. Refuses: signs, exponents, more than four decimals, values of a million and more.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

class Decimal {
 public:
  static constexpr std::int64_t scale = 10'000;

  Decimal() = default;
  static std::optional<Decimal> parse(std::string_view text);
  static Decimal from_scaled(std::int64_t scaled) { return Decimal(scaled); }

  std::int64_t scaled() const { return scaled_; }
  std::string text() const;  // shortest form: "3", "2.25"

  friend auto operator<=>(const Decimal&, const Decimal&) = default;

 private:
  explicit Decimal(std::int64_t scaled) : scaled_(scaled) {}
  std::int64_t scaled_ = 0;
};

// value * numerator / denominator, rounded half up once. Requires: all ≥ 0, denominator > 0.
std::int64_t multiplied_half_up(std::int64_t value, std::int64_t numerator,
                                std::int64_t denominator);

}  // namespace domain
