// Every address is asked four ways at least: works, refused, bad input, stranger. The table of
// routes says which addresses there are; above a test, or at the head of its file, tests say
//
//     // covers: POST /bookings works refused
//     // covers: crew GET /charters/{id} stranger      (the site, where an address is on two)
#include <algorithm>
#include <array>
#include <regex>

#include "tests/house/tree.h"

namespace house {
namespace {

constexpr std::array<const char*, 4> aspects = {"works", "refused", "bad_input", "stranger"};

struct Address {
  std::string site;
  std::string call;  // "POST /bookings"
  std::size_t line = 0;
};

std::vector<Address> addresses_of(const std::string& routes) {
  static const std::regex row("^ *\\{Method::([a-z]+), *\"([^\"]+)\", *([a-z]+),");
  std::vector<Address> found;
  std::size_t number = 0;
  for (const std::string& line : lines_of(routes)) {
    ++number;
    std::smatch match;
    if (!std::regex_search(line, match, row)) continue;
    std::string method = match.str(1) == "del" ? "delete" : match.str(1);
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    found.push_back({match.str(3), method + " " + match.str(2), number});
  }
  return found;
}

// "POST /bookings works", with the site before it where the line names one.
std::set<std::string> covered_by(const Files& files) {
  static const std::regex row(
      "^ *// covers: ((?:ops |crew |guest )?[A-Z]+ /\\S*)((?: [a-z_]+)+) *$");
  static const std::regex word("[a-z_]+");
  std::set<std::string> covered;
  for (const auto& [path, text] : files) {
    if (!is_under(path, "tests/web/") || !path.ends_with(".cpp")) continue;
    for (const std::string& line : lines_of(text)) {
      std::smatch match;
      if (!std::regex_match(line, match, row)) continue;
      const std::string words = match.str(2);
      for (auto at = std::sregex_iterator(words.begin(), words.end(), word);
           at != std::sregex_iterator(); ++at) {
        covered.insert(match.str(1) + " " + at->str());
      }
    }
  }
  return covered;
}

Faults address_faults(const Files& files) {
  static const std::string table = "src/web/routes.cpp";
  const auto routes = files.find(table);
  if (routes == files.end()) return {table + ": missing"};
  const std::vector<Address> addresses = addresses_of(routes->second);
  if (addresses.empty()) return {table + ": no address found; has its form changed?"};
  const std::set<std::string> covered = covered_by(files);
  Faults faults;
  for (const Address& address : addresses) {
    const bool on_two_sites = std::count_if(addresses.begin(), addresses.end(), [&](const auto& a) {
                                return a.call == address.call;
                              }) > 1;
    for (const char* aspect : aspects) {
      const std::string wanted = address.call + " " + aspect;
      const bool found = covered.contains(address.site + " " + wanted) ||
                         (!on_two_sites && covered.contains(wanted));
      if (!found) {
        faults.push_back(fault(table, address.line, "no test: " + address.site + " " + wanted));
      }
    }
  }
  return faults;
}

TEST(Addresses, EachIsAskedFourWays) {
  EXPECT_TRUE(none(address_faults(project())));
}

TEST(AddressesSelfTest, FindsAMissingAspect) {
  const std::string row = "    {Method::post,  \"/bookings\",  ops,  Body::small, F(post)},\n";
  const std::string three =
      "// covers: POST /bookings works refused\n// covers: POST /bookings bad_input\n";
  EXPECT_EQ(address_faults({{"src/web/routes.cpp", row}}).size(), 4U);
  EXPECT_EQ(address_faults({{"src/web/routes.cpp", row}, {"tests/web/a.cpp", three}}).size(), 1U);
  EXPECT_TRUE(none(
      address_faults({{"src/web/routes.cpp", row},
                      {"tests/web/a.cpp", three + "// covers: ops POST /bookings stranger\n"}})));
}

TEST(AddressesSelfTest, AnAddressOnTwoSitesNeedsBoth) {
  const std::string rows =
      "{Method::del, \"/c/{id}\", ops, Body::none, F(a)},\n"
      "{Method::del, \"/c/{id}\", crew, Body::none, F(b)},\n";
  EXPECT_EQ(address_faults({{"src/web/routes.cpp", rows},
                            {"tests/web/a.cpp",
                             "// covers: DELETE /c/{id} works refused bad_input stranger\n"
                             "// covers: crew DELETE /c/{id} works refused bad_input stranger\n"}})
                .size(),
            4U);
}

TEST(AddressesSelfTest, ATableInAnotherFormIsAFault) {
  EXPECT_EQ(address_faults({{"src/web/routes.cpp", "add(post, \"/bookings\");\n"}}).size(), 1U);
}

}  // namespace
}  // namespace house
