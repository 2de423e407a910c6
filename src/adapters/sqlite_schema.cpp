#include "adapters/sqlite_schema.h"

#include <array>
#include <cstdint>
#include <string>

#include "base/crash_point.h"

#include "adapters/sqlite_views.h"

namespace adapters {

using base::Result;

namespace {

constexpr std::int64_t application_id = 0x666c6431;  // "fld1"

// Step n brings a file from schema n to n + 1. Never change one that was released: add the next.
// WITHOUT ROWID keeps a partition's records together in the order of their sort keys: a scan reads
// neighbours.
constexpr std::array steps = {
    R"(CREATE TABLE operations (
         partition TEXT NOT NULL, sort TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
         expires_at INTEGER, PRIMARY KEY (partition, sort)) STRICT, WITHOUT ROWID;
       CREATE INDEX operations_expiry ON operations (expires_at) WHERE expires_at IS NOT NULL;
       CREATE TABLE owner_only (
         partition TEXT NOT NULL, sort TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
         expires_at INTEGER, PRIMARY KEY (partition, sort)) STRICT, WITHOUT ROWID;
       CREATE INDEX owner_only_expiry ON owner_only (expires_at) WHERE expires_at IS NOT NULL;
       PRAGMA application_id = 1718379569;)",
    sqlite_views,
};
static_assert(application_id == 1718379569);

Result<std::int64_t> number_from(SqliteDatabase& database, const char* sql) {
  auto query = TRY(database.query(sql));
  if (!TRY(query.next())) return base::internal("the database answers nothing to a pragma");
  return query.integer_at(0);
}

Result<void> check_ours(SqliteDatabase& database) {
  const std::int64_t id = TRY(number_from(database, "PRAGMA application_id"));
  if (id == application_id) return {};
  const std::int64_t tables = TRY(number_from(database, "SELECT count(*) FROM sqlite_schema"));
  if (id == 0 && tables == 0) return {};
  return base::conflict("the database file belongs to another program", "foreign-database");
}

Result<void> take_step(SqliteDatabase& database, std::size_t step) {
  const std::string sql = std::string("BEGIN IMMEDIATE;") + steps[step] +
                          "PRAGMA user_version = " + std::to_string(step + 1) + "; COMMIT";
  base::crash_point("store.schema.before");
  auto taken = database.run(sql.c_str());
  base::crash_point("store.schema.after");
  // The first error is the one to tell; when this fails too, closing the connection rolls back.
  if (!taken && database.in_transaction() && !database.run("ROLLBACK"))
    return std::move(taken).error();
  return taken;
}

Result<void> use_write_ahead_log(SqliteDatabase& database) {
  auto query = TRY(database.query("PRAGMA journal_mode=WAL"));
  if (!TRY(query.next()) || query.text_at(0) != "wal")
    return base::unavailable("the file system of the data folder cannot hold a write-ahead log");
  return {};
}

}  // namespace

Result<void> prepare_sqlite_schema(SqliteDatabase& database) {
  TRY(check_ours(database));
  const std::int64_t schema = TRY(number_from(database, "PRAGMA user_version"));
  const auto newest = static_cast<std::int64_t>(steps.size());
  if (schema < 0 || schema > newest)
    return base::conflict("the database has schema " + std::to_string(schema) +
                              ", this program knows " + std::to_string(newest) +
                              ": it was written by a newer fairlead",
                          "newer-schema");
  TRY(use_write_ahead_log(database));
  // The size limit cuts a log that a burst made long back to 64 MiB.
  TRY(database.run("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864"));
  // A control of tests/faults: what a power cut takes from a store that waits for no disk.
  if (base::has_fault("no-store-sync")) TRY(database.run("PRAGMA synchronous=OFF"));
  for (auto step = static_cast<std::size_t>(schema); step < steps.size(); ++step)
    TRY(take_step(database, step));
  return {};
}

}  // namespace adapters
