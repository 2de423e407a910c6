// The tables of a store's database file and how an older file becomes a newer one.
// Always: PRAGMA user_version is the number of steps taken; each step is one transaction; the
// application id marks the file as ours. Refuses: a file of a newer fairlead, and a database of
// something else.
#pragma once

#include "base/result.h"

#include "adapters/sqlite_database.h"

namespace adapters {

// Takes the steps that are missing and switches to WAL with full synchronisation.
base::Result<void> prepare_sqlite_schema(SqliteDatabase& database);

}  // namespace adapters
