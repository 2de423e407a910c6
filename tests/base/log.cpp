#include "base/log.h"

#include <regex>
#include <thread>

#include <gtest/gtest.h>

namespace base {
namespace {

using std::string_literals::operator""s;

std::string captured(const std::function<void()>& act) {
  testing::internal::CaptureStderr();
  act();
  return testing::internal::GetCapturedStderr();
}

TEST(Log, a_line_is_time_level_what_and_pairs) {
  const std::string line =
      captured([] { log::info("charter booked", {{"tenant", "jada"}, {"crew", "3"}}); });
  EXPECT_TRUE(std::regex_match(
      line, std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z I charter booked tenant=jada )"
                       "crew=3\n")))
      << line;
  EXPECT_NE(captured([] { log::warning("w"); }).find("Z W w\n"), std::string::npos);
  EXPECT_NE(captured([] { log::error("e"); }).find("Z E e\n"), std::string::npos);
}

TEST(Log, values_cannot_leave_their_place) {
  struct Case {
    std::string value;
    std::string written;
  };
  const std::vector<Case> cases{
      {"plain/path-1.2:3", "plain/path-1.2:3"},
      {"", R"("")"},
      {"two words", R"("two words")"},
      {"a=b", R"("a=b")"},
      {"say \"hi\"", R"("say \"hi\"")"},
      {"back\\slash", R"("back\\slash")"},
      {"a\nfake line", R"("a\nfake line")"},
      {"a\r\tb", R"("a\r\tb")"},
      {"\x1b[31mred", R"("\x1b[31mred")"},
      {"nul\0"s, R"("nul\x00")"},
      {"\xC3\x81vila", "\"\xC3\x81vila\""},
      {"\xFF", R"("\xff")"},
      {"a\xC2\x85z", R"("a\xc2\x85z")"},
      {"a\xE2\x80\xA8z", R"("a\xe2\x80\xa8z")"},
      {"{} %s %v", R"("{} %s %v")"},
  };
  for (const Case& one : cases) {
    const std::string line = captured([&] { log::info("x", {{"v", one.value}}); });
    EXPECT_TRUE(line.ends_with(" I x v=" + one.written + "\n")) << line;
  }
  const std::string line = captured([] { log::info("a\nb \"c\" {}"); });
  EXPECT_TRUE(line.ends_with(R"( I a\nb \"c\" {})"
                             "\n"))
      << line;
}

TEST(Log, long_values_are_cut) {
  const std::string line =
      captured([] { log::info("x", {{"v", std::string(1'000'000, 'y')}, {"after", "1"}}); });
  EXPECT_LT(line.size(), 1200u);
  EXPECT_TRUE(line.ends_with("y after=1\n"));
}

TEST(Log, threads_write_whole_lines) {
  const std::string text = captured([] {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([] {
        for (int i = 0; i < 200; ++i) log::info("line", {{"v", std::string(100, 'x')}});
      });
    for (std::thread& one : threads) one.join();
  });
  const std::regex whole(R"([^ ]+Z I line v=x{100})");
  std::size_t lines = 0;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line); ++lines)
    ASSERT_TRUE(std::regex_match(line, whole)) << line;
  EXPECT_EQ(lines, 800u);
}

}  // namespace
}  // namespace base
