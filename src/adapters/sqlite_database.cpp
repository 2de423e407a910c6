#include "adapters/sqlite_database.h"

#include <cerrno>
#include <utility>

#include <sqlite3.h>

#include "base/crash_point.h"

namespace adapters {

using base::Error;
using base::Kind;
using base::Result;

namespace {

constexpr int busy_timeout_milliseconds = 5000;

// SQLite reports a full disk as an I/O error where it is a quota, or the shared index that could
// not grow. A failed sync is never among them: after it nobody knows what is on the disk. The
// system's own word comes from errno, because sqlite3_system_errno stays 0 when a COMMIT fails.
bool is_full(int code, int system_error) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  if (code != SQLITE_IOERR_WRITE && code != SQLITE_IOERR_SHMSIZE && code != SQLITE_IOERR_TRUNCATE)
    return false;
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

// Requires: called right after the failed call.
Error error_from(sqlite3* handle, int code) {
  const int system_error = errno;
  const std::string words = std::string(": ") + sqlite3_errmsg(handle);
  if (is_full(code, system_error))
    return {Kind::unavailable, "the disk of the data folder is full" + words, "disk-full"};
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Kind::unavailable, "the database is busy" + words, "database-busy"};
    case SQLITE_IOERR:
      return {Kind::unavailable, "the disk of the data folder fails" + words, "disk-error"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Kind::internal, "the database is damaged" + words, "database-damaged"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
      return base::unavailable("the database cannot be used" + words);
    default:
      return base::internal("the database refuses a statement" + words);
  }
}

int note_log_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

SqliteQuery::SqliteQuery(SqliteQuery&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), bind_code_(other.bind_code_) {}

SqliteQuery::~SqliteQuery() {
  if (!statement_) return;
  sqlite3_reset(statement_);  // repeats the error of the last step, which next() has answered
  sqlite3_clear_bindings(statement_);
}

SqliteQuery& SqliteQuery::text(int parameter, std::string_view value) {
  // A null pointer would bind NULL.
  const char* bytes = value.data() ? value.data() : "";
  const int code =
      sqlite3_bind_text64(statement_, parameter, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) bind_code_ = code;
  return *this;
}

SqliteQuery& SqliteQuery::integer(int parameter, std::int64_t value) {
  const int code = sqlite3_bind_int64(statement_, parameter, value);
  if (code != SQLITE_OK) bind_code_ = code;
  return *this;
}

SqliteQuery& SqliteQuery::null(int parameter) {
  const int code = sqlite3_bind_null(statement_, parameter);
  if (code != SQLITE_OK) bind_code_ = code;
  return *this;
}

Result<bool> SqliteQuery::next() {
  sqlite3* handle = sqlite3_db_handle(statement_);
  if (bind_code_ != SQLITE_OK) return error_from(handle, bind_code_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_from(handle, sqlite3_extended_errcode(handle));
}

Result<std::int64_t> SqliteQuery::run() {
  while (TRY(next())) {
  }
  return sqlite3_changes64(sqlite3_db_handle(statement_));
}

std::string SqliteQuery::text_at(int column) const {
  const void* bytes = sqlite3_column_text(statement_, column);
  if (!bytes) return {};
  const int count = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(count)};
}

std::int64_t SqliteQuery::integer_at(int column) const {
  return sqlite3_column_int64(statement_, column);
}

bool SqliteQuery::null_at(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::filesystem::path& file,
                                                             Access access) {
  const int mode = access == Access::read_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle,
                                   mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  // SQLite hands out a handle with a failed open too, for its message.
  if (!handle) return base::unavailable("no memory for the database");
  std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(handle));
  if (code != SQLITE_OK) return error_from(handle, code);
  TRY(database->configure(access));
  return database;
}

Result<void> SqliteDatabase::configure(Access access) {
  sqlite3_busy_timeout(handle_, busy_timeout_milliseconds);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  TRY(run("PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0"));
  if (access == Access::read_only) return run("PRAGMA query_only=ON");
  // Takes the place of SQLite's own checkpoints: they run inside a commit, and swallow the disk's
  // errors.
  sqlite3_wal_hook(handle_, note_log_pages, &log_pages_);
  return {};
}

SqliteDatabase::~SqliteDatabase() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Result<void> SqliteDatabase::run(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_from(handle_, code);
  return {};
}

Result<SqliteQuery> SqliteDatabase::query(const char* sql) {
  sqlite3_stmt*& statement = statements_[sql];
  if (!statement) {
    const int code =
        sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return error_from(handle_, code);
  }
  return SqliteQuery(statement);
}

bool SqliteDatabase::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

Result<void> SqliteDatabase::checkpoint(Checkpoint kind) {
  const int mode =
      kind == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  base::crash_point("store.checkpoint.before");
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, nullptr, nullptr);
  base::crash_point("store.checkpoint.after");
  // A reader that holds the log back is no failure: the next checkpoint goes on where this one
  // stopped.
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) return error_from(handle_, code);
  return {};
}

void SqliteDatabase::leave_log_on_close() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

}  // namespace adapters
