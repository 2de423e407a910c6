#include "adapters/sqlite_writer.h"

#include <utility>

#include "base/crash_point.h"
#include "base/log.h"

#include "adapters/sqlite_records.h"

namespace adapters {

using base::Error;
using base::Kind;
using base::Result;
using ports::Change;
using std::chrono::steady_clock;

namespace {

// SQLite's own default: 4 MiB of log.
constexpr int checkpoint_pages = 1000;
// 64 MiB: a reader kept the log from starting anew. Waiting for it is tried once per so much
// growth.
constexpr int truncate_pages = 16'384;

std::size_t bytes_of(const std::vector<Change>& changes) {
  std::size_t bytes = 0;
  for (const Change& change : changes)
    bytes += change.key.partition.size() + change.key.sort.size() + change.body.size();
  return bytes;
}

// Run for every commit, so they are prepared once.
constexpr const char* begin = "BEGIN IMMEDIATE";
constexpr const char* commit_sql = "COMMIT";
constexpr const char* rollback = "ROLLBACK";
constexpr const char* savepoint = "SAVEPOINT one_commit";
constexpr const char* rollback_to_savepoint = "ROLLBACK TO one_commit";
constexpr const char* release_savepoint = "RELEASE one_commit";

Result<void> run_prepared(SqliteDatabase& database, const char* sql) {
  auto query = TRY(database.query(sql));
  TRY(query.run());
  return {};
}

// After these nobody knows what is on the disk.
bool is_fatal(const Error& error) {
  return error.code == "disk-error" || error.code == "database-damaged";
}

// The fault of the disk or the database, not of this one commit.
bool sinks_batch(const Error& error) {
  return error.kind == Kind::unavailable || is_fatal(error);
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteDatabase> database, ports::Clock& clock,
                           SqliteCache& cache, const SqliteOptions& options)
    : database_(std::move(database)),
      clock_(clock),
      cache_(cache),
      options_(options),
      purge_at_(steady_clock::now() + options.purge_interval),
      truncate_at_pages_(truncate_pages),
      thread_([this] { run(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    arrived_.notify_one();
  }
  thread_.join();
  // A log that stays behind loses nothing: the next start reads it.
  if (stopped_ || !database_->checkpoint(SqliteDatabase::Checkpoint::truncate))
    database_->leave_log_on_close();
}

Result<void> SqliteWriter::commit(const std::vector<Change>& changes) {
  std::future<Result<void>> answer;
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return *stopped_;
    if (closing_) return base::unavailable("the store is closing");
    if (queue_.size() >= options_.queue_commits_max)
      return base::unavailable("too many writes wait; try again");
    queue_.push_back({&changes, bytes_of(changes), {}});
    answer = queue_.back().answer.get_future();
    // With the lock: once it is free the answer may come, and with it the end of this writer.
    arrived_.notify_one();
  }
  return answer.get();
}

SqliteCounters SqliteWriter::counters() {
  const std::lock_guard lock(mutex_);
  SqliteCounters answer = counters_;
  answer.waiting = queue_.size();
  return answer;
}

void SqliteWriter::run() {
  while (!finished()) {
    Batch batch = take_batch();
    if (!batch.empty()) write(std::move(batch));
    purge_when_due();
    checkpoint_when_due();
  }
}

bool SqliteWriter::finished() {
  const std::lock_guard lock(mutex_);
  return closing_ && queue_.empty();
}

SqliteWriter::Batch SqliteWriter::take_batch() {
  std::unique_lock lock(mutex_);
  arrived_.wait_until(lock, purge_at_, [this] { return closing_ || !queue_.empty(); });
  Batch batch;
  std::size_t bytes = 0;
  while (!queue_.empty() && batch.size() < options_.batch_commits_max) {
    bytes += queue_.front().bytes;
    if (!batch.empty() && bytes > options_.batch_bytes_max) break;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

void SqliteWriter::write(Batch batch) {
  Result<Answers> answers = base::unavailable("not written");
  if (auto reason = stopped())
    answers = *std::move(reason);
  else
    answers = write_in_one_transaction(batch);
  if (answers) {
    count(*answers);
    for (std::size_t i = 0; i < batch.size(); ++i)
      if ((*answers)[i]) cache_.apply(*batch[i].changes);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].answer.set_value((*answers)[i]);
    return;
  }
  undo(answers.error());
  for (Waiting& waiting : batch) waiting.answer.set_value(answers.error());
}

Result<SqliteWriter::Answers> SqliteWriter::write_in_one_transaction(const Batch& batch) {
  Answers answers;
  answers.reserve(batch.size());
  TRY(run_prepared(*database_, begin));
  for (const Waiting& waiting : batch) TRY(write_in_savepoint(*waiting.changes, answers));
  base::crash_point("store.commit.before");
  TRY(run_prepared(*database_, commit_sql));
  base::crash_point("store.commit.after");
  return answers;
}

// Adds the commit's own answer; an error is the whole batch's.
Result<void> SqliteWriter::write_in_savepoint(const std::vector<Change>& changes,
                                              Answers& answers) {
  TRY(run_prepared(*database_, savepoint));
  const base::Instant now = clock_.now();
  Result<void> answer;
  for (const Change& change : changes) {
    answer = apply_change(*database_, change, now);
    if (!answer) break;
  }
  if (!answer) {
    // SQLite may have rolled the whole transaction back by itself.
    if (sinks_batch(answer.error()) || !database_->in_transaction()) return answer;
    TRY(run_prepared(*database_, rollback_to_savepoint));
  }
  TRY(run_prepared(*database_, release_savepoint));
  answers.push_back(std::move(answer));
  return {};
}

void SqliteWriter::undo(const Error& error) {
  if (is_fatal(error)) stop(error);
  if (!database_->in_transaction()) return;
  auto undone = run_prepared(*database_, rollback);
  if (!undone) stop(undone.error());
}

void SqliteWriter::stop(const Error& error) {
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  stopped_ = Error{Kind::unavailable,
                   "nothing is written since the disk failed; check the disk, then restart (" +
                       error.message + ")",
                   "writing-stopped"};
  base::log::error("store: writing stopped", {{"reason", error.message}});
}

std::optional<Error> SqliteWriter::stopped() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

void SqliteWriter::count(const Answers& answers) {
  const std::lock_guard lock(mutex_);
  ++counters_.batches;
  for (const auto& answer : answers) {
    if (answer)
      ++counters_.commits;
    else if (answer.error().kind == Kind::conflict)
      ++counters_.conflicts;
  }
}

void SqliteWriter::purge_when_due() {
  if (steady_clock::now() < purge_at_) return;
  purge_at_ = steady_clock::now() + options_.purge_interval;
  if (stopped()) return;
  base::crash_point("store.purge.before");
  auto purged = purge_expired(*database_, clock_.now(), options_.purge_records_max);
  base::crash_point("store.purge.after");
  if (!purged) return undo(purged.error());
  {
    const std::lock_guard lock(mutex_);
    counters_.purged += *purged;
  }
  // A full round: more wait. The next one comes as soon as nobody else wants to write.
  if (*purged >= options_.purge_records_max) purge_at_ = steady_clock::now();
}

void SqliteWriter::checkpoint_when_due() {
  const int pages = database_->log_pages();
  if (pages < truncate_pages) truncate_at_pages_ = truncate_pages;
  if (pages < checkpoint_pages || stopped()) return;
  auto kind = SqliteDatabase::Checkpoint::passive;
  if (pages >= truncate_at_pages_) {
    kind = SqliteDatabase::Checkpoint::truncate;
    truncate_at_pages_ = pages + truncate_pages;
  }
  // A full disk leaves everything in the log; the next checkpoint tries again.
  auto moved = database_->checkpoint(kind);
  if (!moved) undo(moved.error());
}

}  // namespace adapters
