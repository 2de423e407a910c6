#include "adapters/sqlite_records.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

namespace adapters {

using base::Instant;
using base::Result;
using ports::Change;
using ports::Key;
using ports::Range;
using ports::Record;
using ports::Table;

namespace {

// The statements of one table. They live as long as the program: their addresses are keys of
// prepared statements.
struct TableSql {
  std::string get, insert, update, remove, purge;
  std::string ascending, ascending_to, descending, descending_to;
};

TableSql sql_for(const std::string& table) {
  const std::string here = " WHERE partition=?1 AND sort=?2";
  const std::string living = " AND (expires_at IS NULL OR expires_at>?3)";
  const std::string scan = "SELECT sort,version,body,expires_at FROM " + table +
                           " WHERE partition=?1 AND sort>=?2" + living;
  const std::string to = " AND sort<?5";
  const std::string up = " ORDER BY sort ASC LIMIT ?4";
  const std::string down = " ORDER BY sort DESC LIMIT ?4";
  TableSql sql;
  sql.get = "SELECT sort,version,body,expires_at FROM " + table + here + living;
  // Over an expired record that was not purged yet, a new one begins.
  sql.insert = "INSERT INTO " + table +
               " (partition,sort,version,body,expires_at) VALUES (?1,?2,1,?4,?5)"
               " ON CONFLICT (partition,sort) DO UPDATE SET version=1, body=excluded.body,"
               " expires_at=excluded.expires_at WHERE " +
               table + ".expires_at<=?3";
  sql.update = "UPDATE " + table + " SET version=version+1, body=?4, expires_at=?5" + here +
               living + " AND version=?6";
  sql.remove = "DELETE FROM " + table + here + living + " AND version=?4";
  sql.purge = "DELETE FROM " + table + " WHERE (partition,sort) IN (SELECT partition,sort FROM " +
              table + " WHERE expires_at IS NOT NULL AND expires_at<=?1 LIMIT ?2)";
  sql.ascending = scan + up;
  sql.ascending_to = scan + to + up;
  sql.descending = scan + down;
  sql.descending_to = scan + to + down;
  return sql;
}

const TableSql& sql_of(Table table) {
  static const TableSql operations = sql_for("operations");
  static const TableSql owner_only = sql_for("owner_only");
  return table == Table::operations ? operations : owner_only;
}

const std::string& scan_sql(Table table, const Range& range) {
  const TableSql& sql = sql_of(table);
  if (range.order == Range::Order::ascending)
    return range.last.empty() ? sql.ascending : sql.ascending_to;
  return range.last.empty() ? sql.descending : sql.descending_to;
}

std::int64_t milliseconds_of(Instant instant) {
  return instant.time_since_epoch().count();
}

Record record_from(const SqliteQuery& row, Table table, const std::string& partition) {
  Record record{{table, partition, row.text_at(0)},
                static_cast<ports::Version>(row.integer_at(1)),
                row.text_at(2),
                {}};
  if (!row.null_at(3)) record.expires_at = Instant(std::chrono::milliseconds(row.integer_at(3)));
  return record;
}

// The start of every statement on one record: ?1 partition, ?2 sort, ?3 now.
Result<SqliteQuery> query_at(SqliteDatabase& database, const std::string& sql, const Key& key,
                             Instant now) {
  auto query = TRY(database.query(sql.c_str()));
  query.text(1, key.partition).text(2, key.sort).integer(3, milliseconds_of(now));
  return query;
}

Result<void> moved() {
  return base::conflict("a record changed in the meantime; try again", "version-moved");
}

Result<void> apply_put(SqliteDatabase& database, const Change& change, Instant now) {
  const TableSql& sql = sql_of(change.key.table);
  const bool fresh = change.expected == ports::absent;
  auto query = TRY(query_at(database, fresh ? sql.insert : sql.update, change.key, now));
  query.text(4, change.body);
  if (change.expires_at)
    query.integer(5, milliseconds_of(*change.expires_at));
  else
    query.null(5);
  if (!fresh) query.integer(6, static_cast<std::int64_t>(change.expected));
  return TRY(query.run()) == 1 ? Result<void>() : moved();
}

Result<void> apply_remove(SqliteDatabase& database, const Change& change, Instant now) {
  auto query = TRY(query_at(database, sql_of(change.key.table).remove, change.key, now));
  query.integer(4, static_cast<std::int64_t>(change.expected));
  return TRY(query.run()) == 1 ? Result<void>() : moved();
}

Result<void> apply_check(SqliteDatabase& database, const Change& change, Instant now) {
  auto query = TRY(query_at(database, sql_of(change.key.table).get, change.key, now));
  const bool there = TRY(query.next());
  const auto version = there ? static_cast<ports::Version>(query.integer_at(1)) : ports::absent;
  return version == change.expected ? Result<void>() : moved();
}

}  // namespace

Result<std::optional<Record>> read_record(SqliteDatabase& database, const Key& key, Instant now) {
  auto query = TRY(query_at(database, sql_of(key.table).get, key, now));
  if (!TRY(query.next())) return std::optional<Record>{};
  return std::optional(record_from(query, key.table, key.partition));
}

Result<std::vector<Record>> scan_records(SqliteDatabase& database, Table table,
                                         const std::string& partition, const Range& range,
                                         std::size_t limit, Instant now) {
  constexpr std::size_t limit_max = std::numeric_limits<std::int32_t>::max();
  const Key from{table, partition, range.first};
  auto query = TRY(query_at(database, scan_sql(table, range), from, now));
  query.integer(4, static_cast<std::int64_t>(std::min(limit, limit_max)));
  if (!range.last.empty()) query.text(5, range.last);
  std::vector<Record> records;
  while (TRY(query.next())) records.push_back(record_from(query, table, partition));
  return records;
}

Result<void> apply_change(SqliteDatabase& database, const Change& change, Instant now) {
  switch (change.kind) {
    case Change::Kind::put:
      return apply_put(database, change, now);
    case Change::Kind::remove:
      // Removing what must be absent is a check.
      if (change.expected != ports::absent) return apply_remove(database, change, now);
      [[fallthrough]];
    case Change::Kind::check:
      return apply_check(database, change, now);
  }
  return base::internal("a change of no known kind");
}

Result<std::size_t> purge_expired(SqliteDatabase& database, Instant now, std::size_t limit) {
  std::int64_t removed = 0;
  for (const Table table : {Table::operations, Table::owner_only}) {
    auto query = TRY(database.query(sql_of(table).purge.c_str()));
    query.integer(1, milliseconds_of(now)).integer(2, static_cast<std::int64_t>(limit));
    removed += TRY(query.run());
  }
  return static_cast<std::size_t>(removed);
}

}  // namespace adapters
