// Small rooms: lines, functions and files that a person can hold in view.
#include <regex>

#include "tests/house/tree.h"

namespace house {
namespace {

constexpr std::size_t columns_max = 100;
constexpr std::size_t function_lines_max = 60;
constexpr std::size_t source_lines_max = 400;
constexpr std::size_t other_lines_max = 600;

bool is_written_by_hand(const std::string& path) {
  static const std::regex code("\\.(cpp|h|py|js|mjs|css|sh)$");
  return std::regex_search(path, code);
}

Faults file_faults(const Files& files) {
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_written_by_hand(path)) continue;
    const std::size_t most = is_under(path, "src/") ? source_lines_max : other_lines_max;
    const std::size_t count = lines_of(text).size();
    if (count > most) faults.push_back(fault(path, count, "a file of more lines than we take"));
  }
  return faults;
}

// Code points, as clang-format counts them.
std::size_t columns_of(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

Faults line_faults(const Files& files) {
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_cpp(path)) continue;
    std::size_t number = 0;
    bool by_hand = false;  // a table that somebody aligned: wrapping its rows would not help
    for (const std::string& line : lines_of(text)) {
      ++number;
      if (line.find("// clang-format off") != std::string::npos) by_hand = true;
      if (line.find("// clang-format on") != std::string::npos) by_hand = false;
      if (by_hand) continue;
      if (columns_of(line) > columns_max) faults.push_back(fault(path, number, "over 100 columns"));
    }
  }
  return faults;
}

// What stands before a brace: the head of a function, or of something that holds others?
bool opens_function(const std::string& head) {
  static const std::regex template_head("^\\s*template\\s*<[^{}]*?>\\s*(?=class|struct|\\w)");
  static const std::regex holder(
      "^\\s*(inline\\s+|export\\s+)?"
      "(namespace|class|struct|union|enum|extern)\\b[^()]*$");
  const std::string bare = std::regex_replace(head, template_head, "");
  if (std::regex_search(bare, holder) || bare.find(')') == std::string::npos) return false;
  const std::size_t last = bare.find_last_not_of(" \t\n");
  return last != std::string::npos && bare[last] != '=' && bare[last] != ',' && bare[last] != '(';
}

struct Function {
  std::size_t line = 0;
  std::size_t lines = 0;
};

// By its braces: the outermost ones that have a parameter list before them.
std::vector<Function> functions_of(const std::string& text) {
  const std::string code = code_without_directives(text);
  std::vector<Function> found;
  std::size_t head = 0;   // where the text before the next brace begins
  std::size_t start = 0;  // of the function that is open
  int depth = 0;          // within it
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (depth > 0) {
      if (c == '{') ++depth;
      if (c == '}' && --depth == 0) {
        found.push_back({line_at(code, start), line_at(code, at) - line_at(code, start) + 1});
        head = at + 1;
      }
      continue;
    }
    if (c == '{' && opens_function(code.substr(head, at - head))) {
      start = std::min(code.find_first_not_of(" \t\n", head), at);
      depth = 1;
    } else if (c == '{' || c == '}' || c == ';') {
      head = at + 1;
    }
  }
  return found;
}

Faults function_faults(const Files& files) {
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_cpp(path)) continue;
    for (const Function& function : functions_of(text)) {
      if (function.lines <= function_lines_max) continue;
      faults.push_back(
          fault(path, function.line, "a function of " + std::to_string(function.lines) + " lines"));
    }
  }
  return faults;
}

TEST(Sizes, FilesStaySmall) {
  EXPECT_TRUE(none(file_faults(project())));
}
TEST(Sizes, LinesStayShort) {
  EXPECT_TRUE(none(line_faults(project())));
}
TEST(Sizes, FunctionsStayShort) {
  EXPECT_TRUE(none(function_faults(project())));
}

std::string repeated(const std::string& line, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line;
  return text;
}

TEST(SizesSelfTest, FindsALongFile) {
  EXPECT_EQ(file_faults({{"src/app/a.cpp", repeated("\n", 401)}}).size(), 1U);
  EXPECT_EQ(file_faults({{"tests/app/a.py", repeated("\n", 601)}}).size(), 1U);
  EXPECT_TRUE(none(file_faults({{"src/app/a.cpp", repeated("\n", 400)}})));
}

TEST(SizesSelfTest, FindsALongLineByCharactersNotBytes) {
  EXPECT_EQ(line_faults({{"src/a.h", std::string(101, 'x')}}).size(), 1U);
  EXPECT_TRUE(none(line_faults({{"src/a.h", repeated("≤", 100)}})));
}

TEST(SizesSelfTest, FindsALongFunction) {
  const std::string body = repeated("  f();\n", 59);
  EXPECT_EQ(function_faults({{"src/a.cpp", "void g() {\n" + body + "}\n"}}).size(), 1U);
  EXPECT_EQ(
      function_faults({{"src/a.cpp", "class A {\n int f() const {\n" + body + "}\n};\n"}}).size(),
      1U);
  EXPECT_EQ(
      function_faults({{"src/a.cpp", "template <class T>\nT f(T x) {\n" + body + "}\n"}}).size(),
      1U);
}

TEST(SizesSelfTest, TablesNamespacesAndClassesAreNoFunctions) {
  const std::string rows = repeated("  1,\n", 80);
  EXPECT_TRUE(none(function_faults({{"src/a.cpp", "constexpr int all[] = {\n" + rows + "};\n"}})));
  EXPECT_TRUE(none(function_faults(
      {{"src/a.cpp", "namespace a {\nvoid f() { g(); }\n" + repeated("\n", 80) + "}\n"}})));
  EXPECT_TRUE(none(function_faults({{"src/a.cpp", "#define F() {\nvoid f() {\n}\n"}})));
  EXPECT_EQ(functions_of("struct A { int b() { return 1; } int c() { return '}'; } };").size(), 2U);
}

}  // namespace
}  // namespace house
