// Wiring: the only place where a port meets an adapter. A Machine is one opened data folder with
// everything in it, or, in Lambda, the parts of AWS that its settings name.
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
#include "forecast_wiring.h"

namespace fairlead {

// The code of errors that only other settings can mend.
inline constexpr const char* wrong_settings = "wrong-settings";

class Machine {
 public:
  // Takes the folder's lock. Errors: conflict (another process has it, or its key is lost), invalid
  // (wrong settings).
  static base::Result<std::unique_ptr<Machine>> open(const std::filesystem::path& folder);

  // Without a folder: nothing is kept here. What the settings do not name is not there: neither
  // owner-only records, nor a mailer, nor objects. Error kind invalid: no shared store.
  static base::Result<std::unique_ptr<Machine>> open_on_aws(Config config);

  const app::World& world() const { return desk_.world; }
  const app::JobDesk& desk() const { return desk_; }
  const ports::Installation& installation() const { return desk_.installation; }
  // nullptr: crew and guests alone are served here.
  const ports::OwnerInstallation* owners() const { return desk_.books; }
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
  Machine(Config config, std::unique_ptr<ports::Store> store, adapters::SqliteStore* sqlite);
  void know_world(domain::ServerKey key);
  base::Result<void> connect();
  base::Result<void> connect_to_aws();
  base::Result<void> open_topic();
  base::Result<void> open_cdn();
  base::Result<void> open_weather();

  std::filesystem::path folder_;  // empty: none
  std::optional<adapters::FolderLock> lock_;
  Config config_;
  adapters::SystemEntropy entropy_;
  std::unique_ptr<ports::Store> store_;
  adapters::SqliteStore* sqlite_;  // store_ as what it is; nullptr: another
  ports::WatchedStore::AfterCommit after_commit_;
  ports::WatchedStore watched_;
  ports::OwnerInstallation owners_;
  std::unique_ptr<ports::Mailer> mailer_;
  std::unique_ptr<ports::Objects> objects_;
  std::unique_ptr<ports::Topic> topic_;
  std::unique_ptr<ports::Cdn> cdn_;
  ForecastServices weather_;
  app::JobDesk desk_;
};

}  // namespace fairlead
