// Money-blind by construction: the files that serve crew and guests reach no header with money in
// it and name no handle that can open the owner-only table.
#include <array>
#include <regex>

#include "tests/house/tree.h"

namespace house {
namespace {

bool serves_crew_or_guests(const std::string& path) {
  static const std::regex stems("crew|guest|event|answer|tick|pass|page|mail|notify");
  const std::string folder = folder_of(path);
  return (folder == "app" || folder == "web") && is_cpp(path) &&
         std::regex_search(stem_of(path), stems);
}

Faults money_faults(const Files& files) {
  static const std::array<std::string, 3> headers = {"domain/money.h", "domain/rates.h",
                                                     "domain/settlement.h"};
  static const std::regex handles(
      "\\b(Owner(Store|Place|Changes|Records)|owner_only|(Owner)?Installation)\\b|\\.owner\\(");
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_under(path, "src/") || !serves_crew_or_guests(path)) continue;
    const std::set<std::string> reached = reached_from(files, path);
    for (const std::string& header : headers) {
      if (reached.contains(header)) faults.push_back(fault(path, 1, "reaches " + header));
    }
    // Shared headers may have overloads for the owner's handles: without one they cannot be called.
    const std::string code = code_of(text);
    std::smatch match;
    if (std::regex_search(code, match, handles)) {
      faults.push_back(fault(path, 1, "names " + match.str()));
    }
  }
  return faults;
}

TEST(MoneyBlind, CrewAndGuestCodeReachesNoMoney) {
  EXPECT_TRUE(none(money_faults(project())));
}

TEST(MoneyBlindSelfTest, FindsMoneyHoweverDeep) {
  const Files bad = {
      {"src/web/crew_page.cpp", "#include \"app/charter_view.h\"\n"},
      {"src/app/charter_view.h", "#include \"domain/settlement.h\"\n"},
      {"src/domain/settlement.h", "#include \"domain/money.h\"\n"},
      {"src/domain/money.h", "\n"},
  };
  EXPECT_EQ(money_faults(bad).size(), 2U);
}

TEST(MoneyBlindSelfTest, FindsAnOwnersHandle) {
  EXPECT_EQ(money_faults({{"src/app/tick_item.cpp", "void f(ports::OwnerStore& store);\n"}}).size(),
            1U);
  EXPECT_EQ(money_faults({{"src/web/guest_pages.h", "ports::Installation& all_;\n"}}).size(), 1U);
}

TEST(MoneyBlindSelfTest, OwnersCodeAndCommentsPass) {
  EXPECT_TRUE(none(money_faults({
      {"src/app/settle.cpp", "#include \"domain/money.h\"\nports::OwnerStore& store;\n"},
      {"src/app/answer.cpp", "// an OwnerStore has no place here\n"},
      {"src/web/guest_pages.cpp", "#include \"ports/tenant_store.h\"\n"},
      {"src/ports/tenant_store.h", "class OwnerStore {};\n"},
  })));
}

}  // namespace
}  // namespace house
