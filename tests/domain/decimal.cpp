// Exact hours and percents, and the one rounding of the house.
#include "domain/decimal.h"

#include <limits>

#include <gtest/gtest.h>

namespace domain {
namespace {

struct Reading {
  const char* text;
  std::int64_t scaled;
  const char* shortest;
};

TEST(Decimal, reads_exactly_and_writes_the_shortest_form) {
  const Reading cases[] = {
      {"0", 0, "0"},
      {"3", 30'000, "3"},
      {"18", 180'000, "18"},
      {"8.875", 88'750, "8.875"},
      {"2.25", 22'500, "2.25"},
      {"2.5", 25'000, "2.5"},
      {"2.50", 25'000, "2.5"},
      {"5.0000", 50'000, "5"},
      {"0.0001", 1, "0.0001"},
      {"0.1", 1'000, "0.1"},
      {"007", 70'000, "7"},
      {"10", 100'000, "10"},
      {"999999.9999", 9'999'999'999, "999999.9999"},
  };
  for (const Reading& one : cases) {
    const auto decimal = Decimal::parse(one.text);
    ASSERT_TRUE(decimal) << one.text;
    EXPECT_EQ(decimal->scaled(), one.scaled) << one.text;
    EXPECT_EQ(decimal->text(), one.shortest) << one.text;
  }
}

TEST(Decimal, refuses_what_is_none) {
  for (const std::string_view text :
       {"", ".", ".5", "5.", "-1", "+1", "1e2", "0x10", "1,5", " 1", "1 ", "1.2.3", "1.00001",
        "1000000", "0000001.5a", "00000001", "NaN", "inf", "१"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
  EXPECT_FALSE(Decimal::parse(std::string_view("1\0", 2)));
}

TEST(Decimal, compares_by_value) {
  EXPECT_EQ(Decimal::parse("2.50"), Decimal::parse("2.5"));
  EXPECT_LT(*Decimal::parse("9.9"), *Decimal::parse("10"));
}

struct Product {
  std::int64_t value;
  std::int64_t numerator;
  std::int64_t denominator;
  std::int64_t rounded;
};

TEST(Decimal, rounds_half_up_once) {
  const Product cases[] = {
      {1, 1, 2, 1},                        // 0.5
      {1, 49, 100, 0},                     // 0.49
      {1, 51, 100, 1},                     // 0.51
      {3, 1, 2, 2},                        // 1.5: up, not to even
      {5, 1, 2, 3},                        // 2.5: up, not to even
      {1, 1, 3, 0},                        // an odd denominator has no half
      {2, 1, 3, 1},                        //
      {0, 5, 7, 0},                        //
      {84'075, 18, 100, 15'134},           // 151.335, the half cent
      {84'074, 18, 100, 15'133},           // 151.3332
      {84'075, 88'750, 1'000'000, 7'462},  // 74.6165625
      {99'999'999'999, 9'999'999'999, 10'000, 99'999'999'989'000'000},  // wider than 64 bits
  };
  for (const Product& one : cases)
    EXPECT_EQ(multiplied_half_up(one.value, one.numerator, one.denominator), one.rounded)
        << one.value << " * " << one.numerator << " / " << one.denominator;
}

}  // namespace
}  // namespace domain
