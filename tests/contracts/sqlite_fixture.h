// An SQLite store in a folder of its own.
#pragma once

#include <memory>

#include "adapters/sqlite_store.h"

#include "tests/contracts/store_contract.h"
#include "tests/contracts/temp_folder.h"

namespace contracts {

class OpenedSqlite : public OpenedStore {
 public:
  explicit OpenedSqlite(ports::Clock& clock, adapters::SqliteOptions options = {})
      : clock_(clock), options_(options) {
    reopen();
  }

  ports::Store& store() override { return *store_; }
  adapters::SqliteStore& sqlite() { return *store_; }
  std::filesystem::path file() const { return folder_.path() / "data" / "fairlead.db"; }
  void close() { store_.reset(); }
  void reopen() {
    close();
    auto opened = adapters::SqliteStore::open(file(), clock_, options_);
    if (!opened) {
      ADD_FAILURE() << opened.error().message;
      abort();
    }
    store_ = std::move(opened).value();
  }

 private:
  TempFolder folder_;
  ports::Clock& clock_;
  adapters::SqliteOptions options_;
  std::unique_ptr<adapters::SqliteStore> store_;
};

}  // namespace contracts
