// One SQLite connection and its prepared statements: RAII over the C API, errors as values.
// Always: a statement is reset when its SqliteQuery ends; connections are not shared between
// threads. Errors carry a code where a caller has to tell them apart: "disk-full", "disk-error",
// "database-damaged", "database-busy". Source: sqlite.org/c3ref. What is known against Debian's
// SQLite 3.40, and what shields us: docs/decisions.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace adapters {

// One run of a prepared statement. Bound texts must live until it ends.
class SqliteQuery {
 public:
  explicit SqliteQuery(sqlite3_stmt* statement) : statement_(statement) {}
  SqliteQuery(SqliteQuery&& other) noexcept;
  SqliteQuery& operator=(SqliteQuery&&) = delete;
  ~SqliteQuery();

  // Parameters count from 1. A failed bind is answered by the next next() or run().
  SqliteQuery& text(int parameter, std::string_view value);
  SqliteQuery& integer(int parameter, std::int64_t value);
  SqliteQuery& null(int parameter);

  base::Result<bool> next();  // true: a row to read
  // Steps to the end; the rows inserted, changed or removed. Requires: the statement is one that
  // changes rows.
  base::Result<std::int64_t> run();

  // Columns count from 0.
  std::string text_at(int column) const;
  std::int64_t integer_at(int column) const;
  bool null_at(int column) const;

 private:
  sqlite3_stmt* statement_;
  int bind_code_ = 0;
};

class SqliteDatabase {
 public:
  enum class Access { read_only, read_write };
  // The file must be there: SQLite would make one that others can read.
  static base::Result<std::unique_ptr<SqliteDatabase>> open(const std::filesystem::path& file,
                                                            Access access);
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;
  ~SqliteDatabase();

  // Statements without parameters and rows: transactions, pragmas, schema.
  base::Result<void> run(const char* sql);
  // Prepared once per connection. Requires: sql lives as long as the program; its address is the
  // key.
  base::Result<SqliteQuery> query(const char* sql);

  bool in_transaction() const;
  // Pages in the write-ahead log as of this connection's last commit.
  int log_pages() const { return log_pages_; }
  // passive moves what it can without waiting; truncate waits for readers and empties the log's
  // file.
  enum class Checkpoint { passive, truncate };
  base::Result<void> checkpoint(Checkpoint kind);
  // Closing must not touch the files any more: after a disk error the log on the disk is the truth.
  void leave_log_on_close();

 private:
  explicit SqliteDatabase(sqlite3* handle) : handle_(handle) {}
  base::Result<void> configure(Access access);

  sqlite3* handle_;
  int log_pages_ = 0;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

}  // namespace adapters
