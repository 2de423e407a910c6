// Money: integer minor units and a currency (ISO 4217). Only owner-side code includes this header;
// the house test refuses it in crew and guest code. Refuses: signs in written amounts, more
// decimals than the currency has, amounts of a billion and more.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

class Currency {
 public:
  Currency() = default;
  static std::optional<Currency> parse(std::string_view code);  // three capital letters
  const std::string& code() const { return code_; }
  int decimals() const;  // 2 for USD, 0 for JPY, 3 for KWD
  friend bool operator==(const Currency&, const Currency&) = default;

 private:
  explicit Currency(std::string code) : code_(std::move(code)) {}
  std::string code_ = "USD";
};

struct Money {
  std::int64_t minor = 0;  // may be negative in a net
  Currency currency;

  friend bool operator==(const Money&, const Money&) = default;
  Money& operator+=(const Money& other) {
    minor += other.minor;
    return *this;
  }
};

// "840.75", "840" or "840.7" in a currency of two decimals; nullopt: not an amount.
std::optional<Money> parse_money(std::string_view text, const Currency& currency);
std::string text_of(const Money& money);  // "840.75", "-12.00"

}  // namespace domain
