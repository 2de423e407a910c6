// Wiring: the only place where a port meets an adapter. A Machine is one opened data folder with
// everything in it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "ports/watched_store.h"

#include "adapters/folder_lock.h"
#include "adapters/sqlite_store.h"
#include "adapters/system_clock.h"
#include "app/job_desk.h"

#include "config.h"

namespace fairlead {

// The code of errors that only other settings can mend.
inline constexpr const char* wrong_settings = "wrong-settings";

class Machine {
 public:
  // Takes the folder's lock. Errors: conflict (another process has it, or its key is lost), invalid
  // (wrong settings).
  static base::Result<std::unique_ptr<Machine>> open(const std::filesystem::path& folder);

  const app::World& world() const { return desk_.world; }
  const app::JobDesk& desk() const { return desk_; }
  const ports::Installation& installation() const { return desk_.installation; }
  const Config& config() const { return config_; }
  const std::filesystem::path& folder() const { return folder_; }
  // nullopt: the store is not SQLite.
  std::optional<adapters::SqliteCounters> store_counters() const {
    return sqlite_ ? std::optional(sqlite_->counters()) : std::nullopt;
  }
  // Whether other processes work on the same records: what is cached of them must be young, and
  // what another process is at must be left to it.
  bool is_shared() const { return config_.store.engine == StoreConfig::Engine::dynamodb; }

  // Whether the mail server answers and takes the login; without one, whether the maildrop can be
  // written.
  base::Result<void> check_mail() const { return mailer_->probe(); }

  // What is told of each commit, once it is durable. Set before threads start.
  void watch(ports::WatchedStore::AfterCommit after_commit) {
    after_commit_ = std::move(after_commit);
  }

 private:
  Machine(std::filesystem::path folder, adapters::FolderLock lock, Config config,
          std::unique_ptr<ports::Store> store, adapters::SqliteStore* sqlite);
  base::Result<void> connect(domain::ServerKey key);

  std::filesystem::path folder_;
  adapters::FolderLock lock_;
  Config config_;
  adapters::SystemEntropy entropy_;
  std::unique_ptr<ports::Store> store_;
  adapters::SqliteStore* sqlite_;  // store_ as what it is; nullptr: another
  ports::WatchedStore::AfterCommit after_commit_;
  ports::WatchedStore watched_;
  std::unique_ptr<ports::Mailer> mailer_;
  std::unique_ptr<ports::Objects> objects_;
  std::unique_ptr<ports::Topic> topic_;
  app::JobDesk desk_;
};

}  // namespace fairlead
