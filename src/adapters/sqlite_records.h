// ports::Record and ports::Change as rows. Everything here runs within the caller's connection and
// transaction. Always: a record that expired at or before now is absent, to reads and to
// expectations alike.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

#include "ports/store.h"

#include "adapters/sqlite_database.h"

namespace adapters {

base::Result<std::optional<ports::Record>> read_record(SqliteDatabase& database,
                                                       const ports::Key& key, base::Instant now);

base::Result<std::vector<ports::Record>> scan_records(SqliteDatabase& database, ports::Table table,
                                                      const std::string& partition,
                                                      const ports::Range& range, std::size_t limit,
                                                      base::Instant now);

// conflict: what the change expects does not hold; then nothing was changed.
base::Result<void> apply_change(SqliteDatabase& database, const ports::Change& change,
                                base::Instant now);

// Removes at most limit expired records of each table; how many it removed.
base::Result<std::size_t> purge_expired(SqliteDatabase& database, base::Instant now,
                                        std::size_t limit);

}  // namespace adapters
