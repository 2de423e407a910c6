// What passes as free text and what looks like money: every line of amounts.vectors.
#include "domain/amounts_in_text.h"

#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "base/text.h"

namespace domain {
namespace {

TEST(AmountsInText, every_vector_is_kept) {
  std::ifstream file(FAIRLEAD_ROOT "/tests/domain/amounts.vectors");
  std::map<std::string, int> kept;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto bar = line.find('|');
    ASSERT_NE(bar, std::string::npos) << line;
    const std::string verdict(base::trimmed(std::string_view(line).substr(0, bar)));
    const std::string_view text = base::trimmed(std::string_view(line).substr(bar + 1));
    ASSERT_TRUE(verdict == "stop" || verdict == "pass") << line;
    EXPECT_EQ(looks_like_amount(text), verdict == "stop") << line;
    ++kept[verdict];
  }
  EXPECT_GE(kept["pass"], 30);
  EXPECT_GE(kept["stop"], 30);
}

TEST(AmountsInText, an_amount_is_found_wherever_it_stands) {
  const std::string words = "Meet at 16:30 at slip 5.\nBring 12 life jackets. ";
  EXPECT_FALSE(looks_like_amount(words));
  for (const std::string amount : {"$840.75", "840,75", "USD 840", "ninety dollars"}) {
    EXPECT_TRUE(looks_like_amount(amount + " " + words)) << amount;
    EXPECT_TRUE(looks_like_amount(words + amount)) << amount;
    EXPECT_TRUE(looks_like_amount(words + "(" + amount + ")\n" + words)) << amount;
  }
}

TEST(AmountsInText, takes_any_bytes) {
  for (const std::string odd :
       {"\xff", "\xef\xbc", "5\xef", "\xe2\x82", "$", ".", ",,", "1.", ":1"})
    EXPECT_FALSE(looks_like_amount(odd)) << odd;
  EXPECT_FALSE(looks_like_amount(std::string(100'000, '1')));
  EXPECT_TRUE(looks_like_amount("$" + std::string(100'000, '1')));
}

}  // namespace
}  // namespace domain
