// ports::Store in one SQLite file: for one operator, or a few, on one machine.
// Always: one process at a time (the folder lock sees to it), one writing connection in it, on a
// thread of its own; reads never wait for writes. A new file is mode 0600. Refuses: a file of a
// newer fairlead, a database of another program. Source: measurements of group commit,
// docs/decisions.md.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

#include "ports/clock.h"
#include "ports/store.h"

#include "adapters/sqlite_cache.h"
#include "adapters/sqlite_readers.h"
#include "adapters/sqlite_writer.h"

namespace adapters {

class SqliteStore : public ports::Store {
 public:
  // Makes the file, and its folder, when missing. The clock says what has expired; it outlives the
  // store and may be asked by any thread.
  static base::Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& file,
                                                         ports::Clock& clock,
                                                         const SqliteOptions& options = {});

  base::Result<std::optional<ports::Record>> get(const ports::Key& key) override;
  base::Result<std::vector<ports::Record>> scan(ports::Table table, const std::string& partition,
                                                const ports::Range& range,
                                                std::size_t limit) override;
  base::Result<void> commit(const std::vector<ports::Change>& changes) override;

  SqliteCounters counters() { return writer_.counters(); }

 private:
  SqliteStore(const std::filesystem::path& file, std::unique_ptr<SqliteDatabase> database,
              ports::Clock& clock, const SqliteOptions& options);

  ports::Clock& clock_;
  SqliteCache cache_;
  // In this order: the last connection to close must be the writer's, which can checkpoint.
  SqliteWriter writer_;
  SqliteReaders readers_;
};

}  // namespace adapters
