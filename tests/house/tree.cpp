#include "tests/house/tree.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

namespace house {
namespace {

namespace fs = std::filesystem;

struct CloseProcess {
  void operator()(FILE* pipe) const { pclose(pipe); }
};

// Empty where there is no git, or no repository that it trusts.
std::vector<std::string> names_from_git(const std::string& root) {
  const std::string command =
      "git -C '" + root + "' ls-files -z --cached --others --exclude-standard 2>/dev/null";
  const std::unique_ptr<FILE, CloseProcess> pipe(popen(command.c_str(), "r"));
  std::vector<std::string> names;
  std::string name;
  for (int byte = 0; pipe && (byte = fgetc(pipe.get())) != EOF;) {
    if (byte != 0) {
      name.push_back(static_cast<char>(byte));
    } else {
      names.push_back(std::exchange(name, {}));
    }
  }
  return names;
}

std::vector<std::string> names_from_walk(const std::string& root) {
  static const std::set<std::string> left_out = {".git", "build", "node_modules", "data",
                                                 "demo-data"};
  std::vector<std::string> names;
  for (auto at = fs::recursive_directory_iterator(root); at != fs::end(at); ++at) {
    if (at->is_directory() && left_out.contains(at->path().filename().string())) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file()) {
      names.push_back(fs::relative(at->path(), root).generic_string());
    }
  }
  return names;
}

Files read_project() {
  const std::string root = FAIRLEAD_ROOT;
  std::vector<std::string> names = names_from_git(root);
  if (names.empty()) names = names_from_walk(root);
  Files files;
  for (const std::string& name : names) {
    if (!fs::is_regular_file(root + "/" + name)) continue;  // deleted, not yet committed
    std::ostringstream text;
    text << std::ifstream(root + "/" + name, std::ios::binary).rdbuf();
    files[name] = text.str();
  }
  return files;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The end (one past) of the comment or literal that starts at `at`, or `at` when none does.
std::size_t end_of_plain(const std::string& text, std::size_t at) {
  const auto after = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string::npos ? text.size() : found + mark.size();
  };
  if (text.compare(at, 2, "//") == 0) return std::min(text.find('\n', at), text.size());
  if (text.compare(at, 2, "/*") == 0) return after("*/", at + 2);
  if (text.compare(at, 2, "R\"") == 0 && (at == 0 || !is_word(text[at - 1]))) {
    const std::size_t open = std::min(text.find('(', at), text.size());
    return after(")" + text.substr(at + 2, open - at - 2) + "\"", open);
  }
  const char quote = text[at];
  const bool separator = quote == '\'' && at > 0 && is_word(text[at - 1]);  // 10'000
  if ((quote != '"' && quote != '\'') || separator) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != quote && text[end] != '\n') {
    end += text[end] == '\\' ? 2U : 1U;
  }
  return std::min(end + 1, text.size());
}

}  // namespace

const Files& project() {
  static const Files files = read_project();
  return files;
}

std::string fault(const std::string& path, std::size_t line, std::string_view what) {
  return path + ":" + std::to_string(line) + ": " + std::string(what);
}

std::string stem_of(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.find('.'));
}

std::string folder_of(const std::string& path) {
  const std::size_t first = path.find('/');
  const std::size_t second = path.find('/', first + 1);
  return second == std::string::npos ? "" : path.substr(first + 1, second - first - 1);
}

bool is_under(const std::string& path, std::string_view folder) {
  return path.starts_with(folder);
}
bool is_cpp(const std::string& path) {
  return path.ends_with(".cpp") || path.ends_with(".h");
}
bool is_header(const std::string& path) {
  return path.ends_with(".h");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t line_at(const std::string& text, std::size_t position) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(position, text.size()));
  return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

std::string code_of(const std::string& text) {
  std::string code = text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_plain(text, at);
    for (std::size_t i = at; i < end; ++i) {
      const bool quote = (i == at || i + 1 == end) && text[at] != '/';
      if (text[i] != '\n' && !quote) code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

std::string code_without_directives(const std::string& text) {
  std::string code = code_of(text);
  for (std::size_t at = 0; at < code.size();) {
    std::size_t end = std::min(code.find('\n', at), code.size());
    const std::size_t first = code.find_first_not_of(" \t", at);
    if (first != std::string::npos && first < end && code[first] == '#') {
      while (end < code.size() && end > 0 && code[end - 1] == '\\') {
        end = std::min(code.find('\n', end + 1), code.size());
      }
      std::replace_if(
          code.begin() + static_cast<std::ptrdiff_t>(at),
          code.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; }, ' ');
    }
    at = end + 1;
  }
  return code;
}

std::vector<Include> includes_of(const std::string& text) {
  std::vector<Include> found;
  std::size_t number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (!line.starts_with("#include ") || line.size() < 12) continue;
    const char close = line[9] == '"' ? '"' : '>';
    const std::size_t end = std::min(line.find(close, 10), line.size());
    found.push_back({line.substr(10, end - 10),
                     close == '"' ? Include::Form::ours : Include::Form::other, number});
  }
  return found;
}

std::set<std::string> reached_from(const Files& files, const std::string& path) {
  std::set<std::string> reached;
  std::vector<std::string> waiting = {path};
  while (!waiting.empty()) {
    const auto file = files.find(waiting.back());
    waiting.pop_back();
    if (file == files.end()) continue;
    for (const Include& include : includes_of(file->second)) {
      if (include.form != Include::Form::ours || !reached.insert(include.name).second) continue;
      waiting.push_back("src/" + include.name);
    }
  }
  return reached;
}

::testing::AssertionResult none(const Faults& faults) {
  if (faults.empty()) return ::testing::AssertionSuccess();
  auto result = ::testing::AssertionFailure();
  for (const std::string& line : faults) result << "\n  " << line;
  return result;
}

}  // namespace house
