// The store under 64 threads that each wait for their own commit: how many syncs of the disk a
// commit costs. Syncs are counted where they happen: fsync and fdatasync of this program are the
// ones below, and SQLite's library calls them.
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "adapters/sqlite_store.h"
#include "adapters/system_clock.h"

namespace {

std::atomic<std::uint64_t> syncs{0};

}  // namespace

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the system's own names
extern "C" int fsync(int fd) {
  syncs.fetch_add(1, std::memory_order_relaxed);
  return static_cast<int>(syscall(SYS_fsync, fd));
}
extern "C" int fdatasync(int fd) {
  syncs.fetch_add(1, std::memory_order_relaxed);
  return static_cast<int>(syscall(SYS_fdatasync, fd));
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)

namespace {

constexpr int threads_waiting = 64;
constexpr int commits_each = 30;

// What the store's folder is called, in the folder the program was started in: not /tmp, which may
// be memory.
class Folder {
 public:
  Folder() : path_("store-" + std::to_string(getpid())) {
    std::filesystem::create_directory(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path file() const { return path_ / "bench.db"; }

 private:
  std::filesystem::path path_;
};

// As many records as an event with a crew of two writes, of the size they have.
std::vector<ports::Change> changes_of(int thread, int number) {
  constexpr int records = 12;
  std::vector<ports::Change> changes;
  for (int i = 0; i < records; ++i) {
    ports::Change change;
    change.kind = ports::Change::Kind::put;
    change.key.partition = "bench/" + std::to_string(thread);
    change.key.sort = std::to_string(number) + "/" + std::to_string(i);
    change.body = R"({"text":")" + std::string(300, 'x') + R"("})";
    changes.push_back(std::move(change));
  }
  return changes;
}

void commit_many(adapters::SqliteStore& store, int thread, std::atomic<int>& refused) {
  for (int number = 0; number < commits_each; ++number)
    if (!store.commit(changes_of(thread, number))) ++refused;
}

// One pass over an empty store: how many syncs it took, or nothing when a commit was refused.
std::optional<std::uint64_t> syncs_of_pass(const adapters::SqliteOptions& options) {
  const Folder folder;
  adapters::SystemClock clock;
  auto store = adapters::SqliteStore::open(folder.file(), clock, options);
  if (!store) return std::nullopt;
  const std::uint64_t before = syncs;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < threads_waiting; ++i)
    threads.emplace_back([&, i] { commit_many(**store, i, refused); });
  for (std::thread& thread : threads) thread.join();
  if (refused > 0) return std::nullopt;
  return syncs - before;
}

void store(benchmark::State& state) {
  adapters::SqliteOptions options;
  options.batch_commits_max = static_cast<std::size_t>(state.range(0));
  std::uint64_t counted = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto needed = syncs_of_pass(options);
    if (!needed) return state.SkipWithError("a commit was refused");
    counted += *needed;
  }
  const auto commits = static_cast<double>(state.iterations()) * threads_waiting * commits_each;
  state.counters["syncs_per_commit"] = static_cast<double>(counted) / commits;
  state.counters["commits_per_second"] = benchmark::Counter(commits, benchmark::Counter::kIsRate);
}

}  // namespace

// As it is, and with a transaction for each commit.
BENCHMARK(store)->Name("store")->Arg(256)->Arg(1)->Iterations(1)->UseRealTime();
