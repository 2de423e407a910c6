// A verb loads, decides, commits once and returns; at a dozen headers a noun is missing.
#include "tests/house/tree.h"

namespace house {
namespace {

constexpr std::size_t own_headers_max = 11;

Faults verb_faults(const Files& files) {
  // Claims a job in one commit and records its end in another: the work between must be outside
  // both.
  static const std::string two_commits = "run_job";
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_under(path, "src/app/") || !path.ends_with(".cpp")) continue;
    std::size_t headers = 0;
    for (const Include& include : includes_of(text)) {
      if (include.form == Include::Form::ours) ++headers;
    }
    if (headers > own_headers_max) {
      faults.push_back(fault(path, 1, std::to_string(headers) + " headers: a noun is missing"));
    }
    const std::string code = code_of(text);
    std::size_t commits = 0;
    for (std::size_t at = code.find(".commit("); at != std::string::npos;
         at = code.find(".commit(", at + 1)) {
      ++commits;
    }
    if (commits > 1 && !stem_of(path).starts_with(two_commits)) {
      faults.push_back(fault(path, 1, std::to_string(commits) + " commits in one verb"));
    }
  }
  return faults;
}

TEST(Verbs, FewHeadersAndOneCommit) {
  EXPECT_TRUE(none(verb_faults(project())));
}

TEST(VerbsSelfTest, FindsManyHeadersAndManyCommits) {
  std::string text;
  for (char name = 'a'; name <= 'l'; ++name)
    text += std::string("#include \"domain/") + name + ".h\"\n";
  EXPECT_EQ(verb_faults({{"src/app/take.cpp", text}}).size(), 1U);
  EXPECT_EQ(verb_faults({{"src/app/take.cpp", "s.commit(a);\ns.commit(b);\n"}}).size(), 1U);
  EXPECT_TRUE(none(verb_faults({{"src/app/take.cpp", "s.commit(a); // not .commit( twice\n"},
                                {"src/app/run_job.cpp", "s.commit(a);\ns.commit(b);\n"}})));
}

}  // namespace
}  // namespace house
