// Amounts as people write them, in minor units.
#include "domain/money.h"

#include <vector>

#include <gtest/gtest.h>

namespace domain {
namespace {

Currency currency(std::string_view code) {
  return Currency::parse(code).value();
}

struct Written {
  const char* currency;
  const char* text;
  std::int64_t minor;
  const char* again;
};

TEST(Money, reads_and_writes_in_the_currencys_own_decimals) {
  const Written cases[] = {
      {"USD", "840.75", 84'075, "840.75"},
      {"USD", "840.7", 84'070, "840.70"},
      {"USD", "840", 84'000, "840.00"},
      {"USD", "0", 0, "0.00"},
      {"USD", "0.05", 5, "0.05"},
      {"USD", "00.50", 50, "0.50"},
      {"USD", "999999999.99", 99'999'999'999, "999999999.99"},
      {"EUR", "1.5", 150, "1.50"},
      {"JPY", "84075", 84'075, "84075"},
      {"JPY", "0", 0, "0"},
      {"KWD", "840.75", 840'750, "840.750"},
      {"KWD", "0.001", 1, "0.001"},
      {"KWD", "999999999.999", 999'999'999'999, "999999999.999"},
  };
  for (const Written& one : cases) {
    const auto money = parse_money(one.text, currency(one.currency));
    ASSERT_TRUE(money) << one.currency << ' ' << one.text;
    EXPECT_EQ(*money, (Money{one.minor, currency(one.currency)})) << one.text;
    EXPECT_EQ(text_of(*money), one.again);
  }
}

struct Refused {
  const char* currency;
  std::vector<std::string_view> texts;
};

TEST(Money, refuses_what_is_no_amount) {
  const Refused cases[] = {
      {"USD", {"",   ".",  ".5", "5.",    "840.755",    "-1",   "-0",  "+1",  "1e3", "1,000", "1,5",
               " 1", "1 ", "$1", "1.2.3", "1000000000", "0x10", "NaN", "inf", "٣",   "１"}},
      {"JPY", {"1.0", "1.", "840.75", "-1"}},
      {"KWD", {"1.0001", "-1.000", "1."}},
  };
  for (const Refused& one : cases)
    for (const std::string_view text : one.texts)
      EXPECT_FALSE(parse_money(text, currency(one.currency))) << one.currency << ' ' << text;
}

TEST(Money, a_net_may_be_negative) {
  EXPECT_EQ(text_of({-1'200, currency("USD")}), "-12.00");
  EXPECT_EQ(text_of({-5, currency("USD")}), "-0.05");
  EXPECT_EQ(text_of({-5, currency("JPY")}), "-5");
  EXPECT_EQ(text_of({-5, currency("KWD")}), "-0.005");
}

TEST(Money, currencies_know_their_decimals) {
  for (const char* code : {"JPY", "KRW", "CLP", "ISK", "VND", "XPF"})
    EXPECT_EQ(currency(code).decimals(), 0) << code;
  for (const char* code : {"USD", "EUR", "GBP", "MXN", "HUF"})
    EXPECT_EQ(currency(code).decimals(), 2) << code;
  for (const char* code : {"KWD", "BHD", "OMR", "TND"})
    EXPECT_EQ(currency(code).decimals(), 3) << code;
  for (const char* code : {"", "US", "USDX", "usd", "U D", "U5D", "€"})
    EXPECT_FALSE(Currency::parse(code)) << code;
}

}  // namespace
}  // namespace domain
