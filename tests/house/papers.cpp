// Honest papers: every path that a document names exists, and the map of the house names each room.
#include <regex>

#include <fnmatch.h>

#include "tests/house/tree.h"

namespace house {
namespace {

constexpr std::size_t architecture_lines_max = 200;

bool is_paper(const std::string& path) {
  return path.ends_with(".md") && (path.find('/') == std::string::npos || is_under(path, "docs/"));
}

// A file, a folder, or a pattern that some file matches.
bool exists(const Files& files, std::string name) {
  while (name.ends_with('/')) name.pop_back();
  if (files.contains(name)) return true;
  const auto next = files.lower_bound(name + "/");
  if (next != files.end() && next->first.starts_with(name + "/")) return true;
  return std::any_of(files.begin(), files.end(), [&](const auto& file) {
    return fnmatch(name.c_str(), file.first.c_str(), 0) == 0;
  });
}

// In `code`: what begins with a folder of ours and a slash, or is a paper at the top.
// In [text](link): whatever is no address, seen from the document's own folder.
std::vector<std::string> paths_in(const std::string& document, const std::string& line) {
  static const std::regex in_code(
      "`((?:src|tests|docs|assets|edge|deploy|examples|cmake|bench|fuzz|\\.ci)"
      "/[A-Za-z0-9_.*/-]*|[A-Z]+\\.md|CMake[A-Za-z]+\\.[a-z]+)`");
  static const std::regex in_link("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  std::vector<std::string> paths;
  for (auto at = std::sregex_iterator(line.begin(), line.end(), in_code);
       at != std::sregex_iterator(); ++at) {
    paths.push_back(at->str(1));
  }
  for (auto at = std::sregex_iterator(line.begin(), line.end(), in_link);
       at != std::sregex_iterator(); ++at) {
    std::string path = at->str(1);
    std::string base = document.substr(0, document.rfind('/') + 1);
    while (path.starts_with("../")) {
      path.erase(0, 3);
      base = base.substr(0, base.rfind('/', base.size() - 2) + 1);
    }
    paths.push_back(base + path);
  }
  return paths;
}

Faults path_faults(const Files& files) {
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_paper(path)) continue;
    std::size_t number = 0;
    for (const std::string& line : lines_of(text)) {
      ++number;
      for (const std::string& named : paths_in(path, line)) {
        if (!exists(files, named)) faults.push_back(fault(path, number, "no such path: " + named));
      }
    }
  }
  return faults;
}

Faults map_faults(const Files& files) {
  const auto map = files.find("ARCHITECTURE.md");
  if (map == files.end()) return {"ARCHITECTURE.md: missing"};
  Faults faults;
  const std::size_t count = lines_of(map->second).size();
  if (count > architecture_lines_max) {
    faults.push_back(fault(map->first, count, "more than 200 lines"));
  }
  std::set<std::string> folders;
  for (const auto& [path, text] : files) {
    if (is_under(path, "src/") && !folder_of(path).empty()) folders.insert(folder_of(path));
  }
  for (const std::string& folder : folders) {
    if (map->second.find("`src/" + folder + "/`") == std::string::npos) {
      faults.push_back(fault(map->first, 1, "the code map lacks src/" + folder + "/"));
    }
  }
  return faults;
}

TEST(Papers, EveryPathInADocumentExists) {
  EXPECT_TRUE(none(path_faults(project())));
}
TEST(Papers, TheArchitectureNamesEachFolderInTwoHundredLines) {
  EXPECT_TRUE(none(map_faults(project())));
}
TEST(Papers, NothingIsMissing) {
  for (const char* paper : {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md",
                            "LICENSE", "NOTICE", "docs/decisions.md", "docs/operating.md"}) {
    EXPECT_TRUE(project().contains(paper)) << paper;
  }
}

TEST(PapersSelfTest, FindsADeadPath) {
  const Files files = {{"README.md", "see `src/gone/a.h` and [x](docs/gone.md)\n"},
                       {"docs/b.md", "[up](../gone.md) [here](c.md) `docs/*.txt`\n"}};
  EXPECT_EQ(path_faults(files).size(), 5U);
}

TEST(PapersSelfTest, PassesLivingPathsAddressesAndOtherWords) {
  EXPECT_TRUE(none(path_faults({
      {"README.md",
       "`src/app/` `src/app/take.cpp` `src/*/*take*` [d](docs/b.md#part) `GET /g/x`\n"},
      {"docs/b.md", "[up](../README.md) [web](https://example.org/x) `build/release/fairlead`\n"},
      {"src/app/take.cpp", ""},
  })));
}

TEST(PapersSelfTest, FindsAnUnmappedFolderAndALongMap) {
  EXPECT_EQ(map_faults({{"ARCHITECTURE.md", "`src/app/`\n"}, {"src/web/a.h", ""}}).size(), 1U);
  EXPECT_EQ(map_faults({{"ARCHITECTURE.md", std::string(201, '\n')}}).size(), 1U);
}

}  // namespace
}  // namespace house
