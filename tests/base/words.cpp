// Words: the file format, and that the keys in use and the keys in the file are the same.
#include "base/words.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/assets.h"
#include "base/text.h"

namespace base {
namespace {

TEST(Words, placeholders_are_filled_once) {
  const Words words("# a comment\n\na.b = Hello {name}, {count} {name}!\na.c=x = y\nnot a line\n");
  EXPECT_EQ(words.say("a.b", {{"name", "{count}"}, {"count", "3"}}), "Hello {count}, 3 {count}!");
  EXPECT_EQ(words.say("a.c"), "x = y");
  EXPECT_EQ(words.texts().size(), 2U);
}

TEST(Words, what_is_missing_is_loud) {
  const Words words("a.b = Hello {name} {\n");
  EXPECT_EQ(words.say("a.x"), "⟦a.x⟧");
  EXPECT_EQ(words.say("a.b"), "Hello ⟦name⟧ {");
  EXPECT_EQ(Words::of("tlh").say("crew.you"), Words::of("en").say("crew.you"));
}

TEST(Words, lists_are_parted) {
  EXPECT_EQ(Words("a = x|y | z\n").list("a"), (std::vector<std::string>{"x", "y", "z"}));
}

std::set<std::string> keys_in_source() {
  std::set<std::string> keys;
  const std::regex use("words\\.(?:say|list)\\(\\s*\"([a-z._]+)\"");
  const std::string root = FAIRLEAD_ROOT "/src";
  for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
    if (file.path().extension() != ".cpp") continue;
    std::ostringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const std::string code = text.str();
    for (std::sregex_iterator at(code.begin(), code.end(), use), end; at != end; ++at)
      keys.insert((*at)[1]);
  }
  return keys;
}

TEST(Words, every_key_in_use_exists_and_every_key_is_used) {
  const std::set<std::string> used = keys_in_source();
  std::set<std::string> present;
  for (const auto& [key, said] : Words::of("en").texts()) present.insert(key);
  for (const std::string& key : used) EXPECT_TRUE(present.contains(key)) << key << " has no words";
  for (const std::string& key : present) EXPECT_TRUE(used.contains(key)) << key << " is not used";
  EXPECT_GT(used.size(), 50U);
}

TEST(Words, the_file_says_each_key_once_and_nothing_empty) {
  const std::string_view file = asset("words/en.txt").value();
  ASSERT_TRUE(is_utf8(file));
  std::set<std::string> seen;
  for (const std::string_view line : split(file, '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto equals = line.find(" = ");
    ASSERT_NE(equals, std::string_view::npos) << line;
    EXPECT_TRUE(seen.insert(std::string(line.substr(0, equals))).second) << line;
    EXPECT_FALSE(trimmed(line.substr(equals + 3)).empty()) << line;
  }
}

}  // namespace
}  // namespace base
