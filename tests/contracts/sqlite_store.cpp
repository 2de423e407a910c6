// The store contract on SQLite, and what only SQLite promises: group commit, its file, purging.
#include <condition_variable>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include <sqlite3.h>
#include <sys/stat.h>

#include "tests/contracts/sqlite_fixture.h"

namespace contracts {

using base::Kind;
using ports::absent;
using ports::Change;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

INSTANTIATE_TEST_SUITE_P(
    Sqlite, StoreContract,
    testing::Values(StoreFactory{
        "sqlite", [](ports::Clock& clock) { return std::make_unique<OpenedSqlite>(clock); }}),
    testing::PrintToStringParamName());

namespace {

// Holds the writer within a batch for as long as it is shut: the writer asks for the time there.
class GatedClock : public ports::Clock {
 public:
  base::Instant now() override {
    std::unique_lock lock(mutex_);
    waits_ = true;
    opened_.wait(lock, [this] { return open_; });
    waits_ = false;
    return base::Instant(milliseconds(1'811'000'000'000));
  }
  void shut() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }
  bool someone_waits() {
    const std::lock_guard lock(mutex_);
    return waits_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = true;
  bool waits_ = false;
};

template <class Condition>
bool becomes_true(Condition condition) {
  const auto deadline = steady_clock::now() + std::chrono::seconds(20);
  while (steady_clock::now() < deadline) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return false;
}

using Answer = std::future<base::Result<void>>;

Answer commit_in_background(ports::Store& store, std::vector<Change> changes) {
  return std::async(std::launch::async,
                    [&store, changes = std::move(changes)] { return store.commit(changes); });
}

// Shuts the gate and leaves the writer behind it, with one commit in its hands.
Answer hold_writer(GatedClock& clock, adapters::SqliteStore& store) {
  clock.shut();
  Answer answer = commit_in_background(store, {put("p", "gate", absent)});
  EXPECT_TRUE(becomes_true([&] { return clock.someone_waits(); }));
  return answer;
}

// The one number or text that a statement answers, over a connection of the test's own.
std::string ask(const std::filesystem::path& file, const char* sql) {
  sqlite3* handle = nullptr;
  std::string answer = "no answer";
  sqlite3_open(file.c_str(), &handle);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr);
  if (sqlite3_step(statement) == SQLITE_ROW)
    answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  sqlite3_close(handle);
  return answer;
}

}  // namespace

TEST(SqliteStore, waiting_commits_share_a_transaction) {
  GatedClock clock;
  OpenedSqlite opened(clock);
  auto& store = opened.sqlite();
  ASSERT_TRUE(store.commit({put("p", "taken", absent)}));
  const auto before = store.counters();

  std::vector<Answer> answers;
  answers.push_back(hold_writer(clock, store));
  for (int i = 0; i < 40; ++i)
    answers.push_back(commit_in_background(
        store, {put("p", std::to_string(i), absent), put("q", std::to_string(i), absent)}));
  // One that conflicts after its first change, among the others.
  Answer bad = commit_in_background(store, {put("p", "lost", absent), put("p", "taken", absent)});
  EXPECT_TRUE(becomes_true([&] { return store.counters().waiting == 41; }));
  clock.open();

  for (Answer& answer : answers) EXPECT_TRUE(answer.get());
  auto refused = bad.get();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::conflict);
  const auto after = store.counters();
  EXPECT_EQ(after.commits - before.commits, 41U);
  EXPECT_EQ(after.conflicts - before.conflicts, 1U);
  EXPECT_EQ(after.batches - before.batches, 2U);
  EXPECT_EQ(store.scan(ports::Table::operations, "q", {}, 100).value().size(), 40U);
  EXPECT_FALSE(store.get({ports::Table::operations, "p", "lost"}).value());
}

TEST(SqliteStore, commits_of_one_batch_see_those_before_them) {
  GatedClock clock;
  OpenedSqlite opened(clock);
  auto& store = opened.sqlite();
  Answer first = hold_writer(clock, store);
  std::vector<Answer> claims;
  for (int i = 0; i < 10; ++i)
    claims.push_back(commit_in_background(store, {put("p", "slug", absent)}));
  EXPECT_TRUE(becomes_true([&] { return store.counters().waiting == 10; }));
  clock.open();
  EXPECT_TRUE(first.get());
  int won = 0;
  for (Answer& claim : claims)
    if (claim.get()) ++won;
  EXPECT_EQ(won, 1);
}

TEST(SqliteStore, a_full_queue_refuses_and_a_big_one_is_cut) {
  GatedClock clock;
  adapters::SqliteOptions options;
  options.queue_commits_max = 12;
  options.batch_commits_max = 4;
  OpenedSqlite opened(clock, options);
  auto& store = opened.sqlite();
  std::vector<Answer> answers;
  answers.push_back(hold_writer(clock, store));
  for (int i = 0; i < 12; ++i)
    answers.push_back(commit_in_background(store, {put("p", std::to_string(i), absent)}));
  EXPECT_TRUE(becomes_true([&] { return store.counters().waiting == 12; }));
  auto refused = store.commit({put("p", "too-many", absent)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::unavailable);
  clock.open();
  for (Answer& answer : answers) EXPECT_TRUE(answer.get());
  EXPECT_EQ(store.counters().batches, 4U);  // 1 + 4 + 4 + 4
  EXPECT_TRUE(store.commit({put("p", "too-many", absent)}));
}

TEST(SqliteStore, closing_answers_what_waits) {
  GatedClock clock;
  OpenedSqlite opened(clock);
  std::vector<Answer> answers;
  answers.push_back(hold_writer(clock, opened.sqlite()));
  for (int i = 0; i < 4; ++i)
    answers.push_back(commit_in_background(opened.store(), {put("p", std::to_string(i), absent)}));
  EXPECT_TRUE(becomes_true([&] { return opened.sqlite().counters().waiting == 4; }));
  std::thread closing([&] { opened.close(); });
  clock.open();
  closing.join();
  for (Answer& answer : answers) EXPECT_TRUE(answer.get());
  opened.reopen();
  EXPECT_EQ(opened.store().scan(ports::Table::operations, "p", {}, 10).value().size(), 5U);
}

TEST(SqliteStore, reopened_it_has_everything_and_an_empty_log) {
  FakeClock clock;
  OpenedSqlite opened(clock);
  for (int i = 0; i < 30; ++i)
    ASSERT_TRUE(
        opened.store().commit({put("p", std::to_string(i), absent, std::string(300'000, 'x'))}));
  ASSERT_TRUE(opened.store().get({ports::Table::operations, "p", "1"}));
  opened.close();
  EXPECT_FALSE(std::filesystem::exists(opened.file().string() + "-wal"));
  EXPECT_EQ(ask(opened.file(), "PRAGMA integrity_check"), "ok");
  opened.reopen();
  EXPECT_EQ(opened.store().scan(ports::Table::operations, "p", {}, 100).value().size(), 30U);
}

TEST(SqliteStore, the_log_does_not_grow_without_end) {
  FakeClock clock;
  OpenedSqlite opened(clock);
  const std::string body(390'000, 'x');
  for (ports::Version version = absent; version < 100; ++version) {
    ASSERT_TRUE(opened.store().commit({put("p", "s", version, body)}));
    ASSERT_TRUE(opened.store().get({ports::Table::operations, "p", "s"}));
  }
  // 40 MB were written; a checkpoint starts at 4 MiB.
  EXPECT_LT(std::filesystem::file_size(opened.file().string() + "-wal"), 12U * 1024 * 1024);
}

TEST(SqliteStore, its_files_are_the_owners_alone) {
  FakeClock clock;
  OpenedSqlite opened(clock);
  ASSERT_TRUE(opened.store().commit({put("p", "s", absent)}));
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat facts{};
    ASSERT_EQ(::stat((opened.file().string() + suffix).c_str(), &facts), 0) << suffix;
    EXPECT_EQ(facts.st_mode & 0777, 0600U) << suffix;
  }
  struct stat folder{};
  ASSERT_EQ(::stat(opened.file().parent_path().c_str(), &folder), 0);
  EXPECT_EQ(folder.st_mode & 0777, 0700U);
}

TEST(SqliteStore, refuses_a_newer_schema_and_leaves_it_alone) {
  FakeClock clock;
  OpenedSqlite opened(clock);
  ASSERT_TRUE(opened.store().commit({put("p", "s", absent)}));
  opened.close();
  ask(opened.file(), "PRAGMA user_version = 1000");
  auto refused = adapters::SqliteStore::open(opened.file(), clock);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "newer-schema");
  EXPECT_NE(refused.error().message.find("newer fairlead"), std::string::npos);
  EXPECT_EQ(ask(opened.file(), "SELECT count(*) FROM operations"), "1");
}

TEST(SqliteStore, refuses_the_database_of_another_program) {
  FakeClock clock;
  TempFolder folder;
  const auto file = folder.path() / "other.db";
  ask(file, "CREATE TABLE recipes (name)");
  auto refused = adapters::SqliteStore::open(file, clock);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "foreign-database");
  std::ofstream(folder.path() / "text") << std::string(5000, 'x');
  auto damaged = adapters::SqliteStore::open(folder.path() / "text", clock);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, "database-damaged");
}

TEST(SqliteStore, purges_expired_records_in_rounds) {
  FakeClock clock;
  adapters::SqliteOptions options;
  options.purge_interval = milliseconds(5);
  options.purge_records_max = 10;
  OpenedSqlite opened(clock, options);
  std::vector<Change> changes;
  for (int i = 0; i < 45; ++i) {
    changes.push_back(put("p", std::to_string(i), absent));
    if (i < 35) changes.back().expires_at = clock.now() + milliseconds(50);
  }
  ASSERT_TRUE(opened.store().commit(changes));
  std::this_thread::sleep_for(milliseconds(30));
  EXPECT_EQ(opened.sqlite().counters().purged, 0U);
  clock.advance(milliseconds(50));
  EXPECT_TRUE(becomes_true([&] { return opened.sqlite().counters().purged == 35; }));
  EXPECT_EQ(ask(opened.file(), "SELECT count(*) FROM operations"), "10");
}

TEST(SqliteStore, more_readers_than_connections_take_turns) {
  FakeClock clock;
  adapters::SqliteOptions options;
  options.readers_max = 2;
  OpenedSqlite opened(clock, options);
  ASSERT_TRUE(opened.store().commit({put("p", "s", absent)}));
  std::atomic<int> read = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        auto record = opened.store().get({ports::Table::operations, "p", "s"});
        if (record && *record) ++read;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(read, 600);
}

}  // namespace contracts
