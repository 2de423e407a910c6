#include "adapters/sqlite_store.h"

#include <utility>

#include <unistd.h>

#include "adapters/durable_file.h"
#include "adapters/sqlite_records.h"
#include "adapters/sqlite_schema.h"

namespace adapters {

using base::Result;
using ports::Change;
using ports::Key;
using ports::Range;
using ports::Record;
using ports::Table;

namespace {

// An empty file is an empty database. SQLite gives its log the file's own mode.
Result<void> make_if_missing(const std::filesystem::path& file) {
  if (::access(file.c_str(), F_OK) == 0) return {};
  TRY(make_folder(file.parent_path()));
  auto made = write_file(file, "", Existing::keep);
  if (!made && made.error().kind != base::Kind::conflict) return made;
  return {};
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& file,
                                                       ports::Clock& clock,
                                                       const SqliteOptions& options) {
  TRY(make_if_missing(file));
  auto database = TRY(SqliteDatabase::open(file, SqliteDatabase::Access::read_write));
  TRY(prepare_sqlite_schema(*database));
  return std::unique_ptr<SqliteStore>(new SqliteStore(file, std::move(database), clock, options));
}

SqliteStore::SqliteStore(const std::filesystem::path& file,
                         std::unique_ptr<SqliteDatabase> database, ports::Clock& clock,
                         const SqliteOptions& options)
    : clock_(clock),
      cache_(options.cache_bytes_max),
      writer_(std::move(database), clock, cache_, options),
      readers_(file, options.readers_max) {}

Result<std::optional<Record>> SqliteStore::get(const Key& key) {
  const base::Instant now = clock_.now();
  if (auto known = cache_.find(key, now)) return known;
  const std::uint64_t generation = cache_.generation();
  auto record =
      TRY(readers_.ask([&](SqliteDatabase& database) { return read_record(database, key, now); }));
  if (record) cache_.keep(*record, generation);
  return record;
}

Result<std::vector<Record>> SqliteStore::scan(Table table, const std::string& partition,
                                              const Range& range, std::size_t limit) {
  return readers_.ask([&](SqliteDatabase& database) {
    return scan_records(database, table, partition, range, limit, clock_.now());
  });
}

Result<void> SqliteStore::commit(const std::vector<Change>& changes) {
  TRY(ports::check_limits(changes));
  return writer_.commit(changes);
}

}  // namespace adapters
