// Every address is asked four ways at least: works, refused, bad input, stranger. The table of
// routes says which addresses there are; above a test, or at the head of its file, tests say
//
//     // covers: POST /bookings works refused
//     // covers: crew GET /charters/{id} stranger      (the site, where an address is on two)
//
// And docs/openapi.yaml has each address, and none that is not served.
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

// "POST /bookings" for each operation of the document, by its two levels of indentation.
std::set<std::string> described_in(const std::string& document) {
  static const std::regex path_line("^  (/[^ ]*):$");
  static const std::regex method_line("^    (get|post|put|patch|delete|options):$");
  std::set<std::string> described;
  std::string path;
  for (const std::string& line : lines_of(document)) {
    std::smatch match;
    if (std::regex_match(line, match, path_line)) path = match.str(1);
    if (!std::regex_match(line, match, method_line) || path.empty()) continue;
    std::string method = match.str(1);
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    described.insert(method + " " + path);
  }
  return described;
}

Faults document_faults(const Files& files) {
  static const std::string paper = "docs/openapi.yaml";
  const auto routes = files.find("src/web/routes.cpp");
  const auto document = files.find(paper);
  if (routes == files.end() || document == files.end()) return {paper + ": missing"};
  std::set<std::string> described = described_in(document->second);
  Faults faults;
  std::set<std::string> served;
  for (const Address& address : addresses_of(routes->second)) {
    served.insert(address.call);
    if (!described.contains(address.call))
      faults.push_back(fault(paper, 1, "does not describe " + address.call));
  }
  for (const std::string& call : described)
    if (!served.contains(call)) faults.push_back(fault(paper, 1, "is not served: " + call));
  return faults;
}

TEST(Addresses, EachIsDescribed) {
  EXPECT_TRUE(none(document_faults(project())));
}

TEST(AddressesSelfTest, FindsWhatTheDocumentLacksOrMakesUp) {
  const std::string row = "    {Method::post,  \"/bookings\",  ops,  Body::small, F(post)},\n";
  const std::string right = "paths:\n  /bookings:\n    post:\n      tags: [ops]\n";
  EXPECT_TRUE(none(document_faults({{"src/web/routes.cpp", row}, {"docs/openapi.yaml", right}})));
  EXPECT_EQ(document_faults({{"src/web/routes.cpp", row},
                             {"docs/openapi.yaml", right + "    get:\n  /x:\n    put:\n"}})
                .size(),
            2U);
  EXPECT_EQ(
      document_faults({{"src/web/routes.cpp", row}, {"docs/openapi.yaml", "paths:\n"}}).size(), 1U);
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
