// What the SQLite store does when the process is killed, the disk is full or the disk fails.
#include <atomic>
#include <cerrno>
#include <string>
#include <thread>

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/contracts/sqlite_fixture.h"

namespace {

std::atomic<bool> syncs_fail = false;

}  // namespace

// SQLite's own calls end here: the program's symbol goes before the C library's.
extern "C" int fdatasync(int file) {
  if (syncs_fail) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}

namespace contracts {

using ports::absent;
using ports::Table;

namespace {

// Commits from four threads for ever, and writes each acknowledged key, 8 bytes, to the pipe.
[[noreturn]] void commit_until_killed(const std::filesystem::path& file, int acknowledged) {
  FakeClock clock;
  auto opened = adapters::SqliteStore::open(file, clock);
  if (!opened) ::_exit(1);
  auto work = [&](int worker) {
    for (int i = 0;; ++i) {
      const std::string sort = std::to_string(worker * 1'000'000 + 1'000'000 + i);
      const auto done = (*opened)->commit(
          {put("p", sort, absent, std::string(500, 'x')), put("half/" + sort, "other", absent)});
      if (!done || ::write(acknowledged, sort.data(), 7) != 7) ::_exit(1);
    }
  };
  std::vector<std::thread> threads;
  for (int worker = 0; worker < 4; ++worker) threads.emplace_back(work, worker);
  for (auto& thread : threads) thread.join();
  ::_exit(1);
}

// The keys acknowledged until the kill, which comes after so many of them.
std::vector<std::string> keys_before_kill(const std::filesystem::path& file, std::size_t count) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    commit_until_killed(file, ends[1]);
  }
  ::close(ends[1]);
  std::vector<std::string> keys;
  std::array<char, 7> key{};
  while (::read(ends[0], key.data(), key.size()) == 7) {
    keys.emplace_back(key.data(), key.size());
    if (keys.size() == count) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  return keys;
}

// Runs the body in a process of its own, which may limit and break itself; its exit code.
template <class Body>
int exit_code_of(Body body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST(SqliteFaults, kill_loses_no_acknowledged_commit) {
  for (const std::size_t count : {1U, 50U, 400U, 1500U}) {
    TempFolder folder;
    const auto file = folder.path() / "fairlead.db";
    const auto keys = keys_before_kill(file, count);
    ASSERT_GE(keys.size(), count);
    FakeClock clock;
    auto opened = adapters::SqliteStore::open(file, clock);
    ASSERT_TRUE(opened);
    for (const auto& key : keys)
      ASSERT_TRUE((*opened)->get({Table::operations, "p", key}).value()) << key;
    // Whole or not at all, the unacknowledged ones too.
    const auto records = (*opened)->scan(Table::operations, "p", {}, 100'000).value();
    EXPECT_GE(records.size(), keys.size());
    for (const auto& record : records)
      ASSERT_TRUE((*opened)->get({Table::operations, "half/" + record.key.sort, "other"}).value());
  }
}

TEST(SqliteFaults, a_full_disk_refuses_and_later_takes_again) {
  FakeClock clock;
  TempFolder folder;
  const auto file = folder.path() / "fairlead.db";
  const int code = exit_code_of([&] {
    auto opened = adapters::SqliteStore::open(file, clock);
    if (!opened || !(*opened)->commit({put("p", "before", absent)})) return 10;
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{300'000, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto refused = (*opened)->commit({put("p", "large", absent, std::string(400'000, 'x'))});
    if (refused) return 11;
    if (refused.error().code != "disk-full") return 12;
    if (refused.error().kind != base::Kind::unavailable) return 13;
    auto before = (*opened)->get({Table::operations, "p", "before"});
    if (!before || !*before) return 14;
    limit.rlim_cur = RLIM_INFINITY;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    if (!(*opened)->commit({put("p", "large", absent, std::string(400'000, 'x'))})) return 15;
    return 0;
  });
  EXPECT_EQ(code, 0);
  auto opened = adapters::SqliteStore::open(file, clock);
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->scan(Table::operations, "p", {}, 10).value().size(), 2U);
}

TEST(SqliteFaults, after_a_failed_sync_nothing_is_written_any_more) {
  FakeClock clock;
  OpenedSqlite opened(clock);
  ASSERT_TRUE(opened.store().commit({put("p", "before", absent)}));
  syncs_fail = true;
  auto failed = opened.store().commit({put("p", "during", absent)});
  syncs_fail = false;
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, base::Kind::unavailable);
  EXPECT_EQ(failed.error().code, "disk-error");
  // The disk works again, but what the failed sync left there is not known.
  auto after = opened.store().commit({put("p", "after", absent)});
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, "writing-stopped");
  EXPECT_EQ(opened.store().scan(Table::operations, "p", {}, 10).value().size(), 1U);
  opened.reopen();
  EXPECT_TRUE(opened.store().commit({put("p", "after", absent)}));
  EXPECT_TRUE(opened.store().get({Table::operations, "p", "before"}).value());
}

}  // namespace contracts
