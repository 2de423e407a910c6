// The one thread that writes. Commits queue; it takes what waits, up to a bound, into one
// transaction (group commit), so that many share one wait for the disk. Always: each commit is a
// savepoint that sees those before it; one that conflicts is undone alone; nobody is answered ok
// before the transaction is durable; all checkpoints of the log run here, after the answers.
// unavailable: the queue is full; the disk is full (later commits may pass again); the disk failed.
// After a failed write or sync nobody knows what is on the disk, so no further write is tried until
// the process starts anew.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"

#include "ports/clock.h"
#include "ports/store.h"

#include "adapters/sqlite_cache.h"
#include "adapters/sqlite_database.h"

namespace adapters {

struct SqliteOptions {
  std::size_t readers_max = 8;
  std::size_t queue_commits_max = 1024;
  std::size_t batch_commits_max = 256;
  std::size_t batch_bytes_max = 8 * 1024 * 1024;  // one commit of any legal size is always taken
  std::chrono::milliseconds purge_interval{30'000};
  std::size_t purge_records_max = 500;  // of each table and round
  std::size_t cache_bytes_max = 4 * 1024 * 1024;
};

struct SqliteCounters {
  std::uint64_t commits = 0;    // answered ok
  std::uint64_t conflicts = 0;  // answered conflict
  std::uint64_t batches = 0;    // transactions
  std::uint64_t purged = 0;     // expired records removed
  std::size_t waiting = 0;      // in the queue now
};

class SqliteWriter {
 public:
  // Requires: the schema is prepared. The clock and the cache, which hears of every commit, outlive
  // the writer and may be asked by any thread.
  SqliteWriter(std::unique_ptr<SqliteDatabase> database, ports::Clock& clock, SqliteCache& cache,
               const SqliteOptions& options);
  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;
  ~SqliteWriter();  // answers what waits, then checkpoints

  // Waits until it is durable or refused. Requires: the changes are within the port's limits.
  base::Result<void> commit(const std::vector<ports::Change>& changes);
  SqliteCounters counters();

 private:
  struct Waiting {
    const std::vector<ports::Change>* changes;  // its owner waits for the answer
    std::size_t bytes;
    std::promise<base::Result<void>> answer;
  };
  using Batch = std::vector<Waiting>;
  using Answers = std::vector<base::Result<void>>;

  void run();
  Batch take_batch();  // empty: time to purge, or to end
  bool finished();
  void write(Batch batch);
  base::Result<Answers> write_in_one_transaction(const Batch& batch);
  base::Result<void> write_in_savepoint(const std::vector<ports::Change>& changes,
                                        Answers& answers);
  void undo(const base::Error& error);
  void stop(const base::Error& error);
  std::optional<base::Error> stopped();
  void count(const Answers& answers);
  void purge_when_due();
  void checkpoint_when_due();

  std::unique_ptr<SqliteDatabase> database_;
  ports::Clock& clock_;
  SqliteCache& cache_;
  const SqliteOptions options_;
  // Only the thread's:
  std::chrono::steady_clock::time_point purge_at_;
  int truncate_at_pages_;

  std::mutex mutex_;  // guards the next four
  std::deque<Waiting> queue_;
  bool closing_ = false;
  std::optional<base::Error> stopped_;
  SqliteCounters counters_;
  std::condition_variable arrived_;

  std::thread thread_;  // last: it starts when everything else is there
};

}  // namespace adapters
