// Names, headers and words: what a reader may rely on when opening any file.
#include <regex>

#include "tests/house/tree.h"

namespace house {
namespace {

// The whole match's first group, or the match itself, for each place where the pattern is found.
Faults found_in(const std::string& path, const std::string& code, const std::regex& pattern,
                const std::string& what) {
  Faults faults;
  for (auto at = std::sregex_iterator(code.begin(), code.end(), pattern);
       at != std::sregex_iterator(); ++at) {
    faults.push_back(fault(path, line_at(code, static_cast<std::size_t>(at->position())),
                           what + ": " + at->str()));
  }
  return faults;
}

void append(Faults& faults, Faults more) {
  faults.insert(faults.end(), more.begin(), more.end());
}

Faults file_name_faults(const Files& files) {
  static const std::regex snake("^[a-z0-9_]+(\\.[a-z0-9_]+)*$");
  Faults faults;
  for (const auto& [path, text] : files) {
    const std::string name = path.substr(path.rfind('/') + 1);
    if (is_under(path, "src/") || (is_under(path, "tests/") && is_cpp(path))) {
      if (!std::regex_match(name, snake)) faults.push_back(fault(path, 1, "not snake_case"));
    }
  }
  return faults;
}

// Each call then shows its layer: app::take_booking.
Faults namespace_faults(const Files& files) {
  static const std::regex opening("\\bnamespace\\s+([a-z_:]+)\\s*\\{");
  Faults faults;
  for (const auto& [path, text] : files) {
    const std::string folder = folder_of(path);
    if (!is_under(path, "src/") || !is_cpp(path) || folder.empty()) continue;
    const std::string code = code_without_directives(text);
    if (code.find_first_not_of(" \n") == std::string::npos) continue;  // a vendor's source alone
    bool own = false;
    for (auto at = std::sregex_iterator(code.begin(), code.end(), opening);
         at != std::sregex_iterator(); ++at) {
      const std::string name = at->str(1);
      own = own || name == folder || name.starts_with(folder + "::");
      if (!own) faults.push_back(fault(path, 1, "opens namespace " + name));
    }
    if (!own) faults.push_back(fault(path, 1, "nothing in namespace " + folder));
  }
  return faults;
}

Faults header_faults(const Files& files) {
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_header(path) || (!is_under(path, "src/") && !is_under(path, "tests/"))) continue;
    if (!text.starts_with("// ")) faults.push_back(fault(path, 1, "no word on what it is for"));
    if (text.find("\n#pragma once\n") == std::string::npos) {
      faults.push_back(fault(path, 1, "no #pragma once"));
    }
  }
  return faults;
}

// An enum says at the call what true and false do not.
Faults bool_parameter_faults(const Files& files) {
  static const std::regex parameter(
      "[(,]\\s*(const\\s+)?bool\\b\\s*&?\\s*\\w*\\s*(=[^,;(){}]*)?[,)]");
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_under(path, "src/") || !is_header(path)) continue;
    append(faults, found_in(path, code_without_directives(text), parameter, "a bool parameter"));
  }
  return faults;
}

Faults word_faults(const Files& files) {
  static const std::regex code_file(
      "\\.(cpp|h|py|js|mjs|css|txt|cmake|toml|sh)$|^dev$|^\\.ci/run$");
  // Written in two halves, so that this file keeps its own rule.
  static const std::regex marks(
      "\\b(FIX"
      "ME|XX"
      "X|HA"
      "CK)\\b|\\bTO"
      "DO\\b(?!\\(#[0-9]+\\))");
  static const std::regex skips(
      "\\bGTEST_"
      "SKIP\\b|\\bDIS"
      "ABLED_|\\b(test|it|describe)\\.(ski"
      "p|on"
      "ly)\\b|"
      "@(unittest\\.)?ski"
      "p|\\.ski"
      "pTest\\b");
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!std::regex_search(path, code_file)) continue;
    append(faults, found_in(path, text, marks, "a left-over mark"));
    append(faults, found_in(path, text, skips, "a test that does not run"));
  }
  return faults;
}

// Clocks and chance arrive as arguments or through ports.
Faults world_faults(const Files& files) {
  static const std::regex world(
      "_clock::now\\b|\\brandom_device\\b|\\brandom_bytes\\(|\\bgetenv\\b");
  Faults faults;
  for (const auto& [path, text] : files) {
    const std::string folder = folder_of(path);
    if (!is_under(path, "src/") || !is_cpp(path)) continue;
    if (folder != "domain" && folder != "ports" && folder != "app") continue;
    append(faults, found_in(path, code_of(text), world, "the world reached past the ports"));
  }
  return faults;
}

TEST(Words, FilesAreNamedInSnakeCase) {
  EXPECT_TRUE(none(file_name_faults(project())));
}
TEST(Words, TheNamespaceIsTheFolder) {
  EXPECT_TRUE(none(namespace_faults(project())));
}
TEST(Words, EachHeaderSaysWhatItIs) {
  EXPECT_TRUE(none(header_faults(project())));
}
TEST(Words, NoBoolParameterInAHeader) {
  EXPECT_TRUE(none(bool_parameter_faults(project())));
}
TEST(Words, NoMarksAndNoSkippedTests) {
  EXPECT_TRUE(none(word_faults(project())));
}
TEST(Words, ClockAndChanceComeThroughPorts) {
  EXPECT_TRUE(none(world_faults(project())));
}

TEST(WordsSelfTest, FindsNamesAndNamespaces) {
  EXPECT_EQ(file_name_faults({{"src/app/takeBooking.cpp", ""}}).size(), 1U);
  EXPECT_EQ(namespace_faults({{"src/app/a.cpp", "namespace web {\n}\n"}}).size(), 2U);
  EXPECT_TRUE(none(namespace_faults({{"src/base/log.h", "namespace base::log {\n}\n"},
                                     {"src/base/x.cpp", "#include <boost/json/src.hpp>\n"},
                                     {"src/main.cpp", "int main() {}\n"}})));
}

TEST(WordsSelfTest, FindsABareHeader) {
  EXPECT_EQ(header_faults({{"src/app/a.h", "int f();\n"}}).size(), 2U);
  EXPECT_TRUE(none(header_faults({{"src/app/a.h", "// A thing.\n#pragma once\n"}})));
}

TEST(WordsSelfTest, FindsBoolParameters) {
  for (const std::string bad : {"void f(bool loud);", "void f(int a, bool b = false);",
                                "void f(const bool& b, int c);", "std::function<void(bool)> f;"}) {
    EXPECT_EQ(bool_parameter_faults({{"src/app/a.h", bad}}).size(), 1U) << bad;
  }
  for (const std::string good : {"bool f(int a);", "explicit operator bool() const;",
                                 "std::map<int, bool> f();", "// f(bool a)", "bool a = true;"}) {
    EXPECT_TRUE(none(bool_parameter_faults({{"src/app/a.h", good}}))) << good;
  }
}

TEST(WordsSelfTest, FindsMarksSkipsAndTheWorld) {
  EXPECT_EQ(word_faults({{"src/a.h",
                          "// TO"
                          "DO later\n"}})
                .size(),
            1U);
  EXPECT_EQ(word_faults({{"src/a.h",
                          "// FIX"
                          "ME\n"}})
                .size(),
            1U);
  EXPECT_EQ(word_faults({{"tests/a.cpp",
                          "GTEST_"
                          "SKIP();\n"}})
                .size(),
            1U);
  EXPECT_EQ(word_faults({{"tests/browser/a.mjs",
                          "test.on"
                          "ly('x', () => {});\n"}})
                .size(),
            1U);
  EXPECT_TRUE(none(word_faults({{"src/a.h",
                                 "// TO"
                                 "DO(#12) when the briefing comes\n"}})));
  EXPECT_EQ(
      world_faults({{"src/app/a.cpp", "auto t = std::chrono::system_clock::now();\n"}}).size(), 1U);
}

}  // namespace
}  // namespace house
