#include "wiring.h"

#include "adapters/folder_objects.h"
#include "adapters/local_topic.h"
#include "adapters/maildrop_mailer.h"
#include "adapters/server_key.h"
#include "app/call_crew.h"

#include "aws_wiring.h"
#include "smtp_wiring.h"

namespace fairlead {

using base::Result;

namespace {

// The store asks them from its own threads until it is closed, which is after everything else here.
adapters::SystemClock system_clock;
adapters::SystemEntropy system_entropy;

Result<std::unique_ptr<ports::Mailer>> open_mailer(const Config& all,
                                                   const std::filesystem::path& folder) {
  const MailConfig& config = all.mail;
  if (config.engine == MailConfig::Engine::ses) return open_ses_mailer(all, system_clock);
  if (config.smtp.empty())
    return std::unique_ptr<ports::Mailer>(
        std::make_unique<adapters::MaildropMailer>(folder / "maildrop"));
  return open_smtp_mailer(config);
}

// A key made anew beside old records would end every link, feed and dashboard token that was handed
// out, and nobody would know why.
Result<void> refuse_lost_key(const std::filesystem::path& database,
                             const std::filesystem::path& key) {
  std::error_code error;
  if (!std::filesystem::exists(database, error) || std::filesystem::exists(key, error)) return {};
  return base::conflict(key.string() +
                        " is missing; restore it from the backup of this data folder. Without "
                        "one, put 64 random hexadecimal digits there (mode 0600): every link, feed "
                        "and dashboard token handed out is then dead");
}

// Whoever made a key here would sign links that the other processes do not know.
Result<void> refuse_missing_key(const std::filesystem::path& key) {
  std::error_code error;
  if (std::filesystem::exists(key, error)) return {};
  return base::invalid("server.key", key.string() +
                                         " is missing: with a shared store each process needs the "
                                         "same 64 random hexadecimal digits there (mode 0600)");
}

base::Error as_settings(base::Error error) {
  error.code = wrong_settings;
  return error;
}

}  // namespace

Machine::Machine(std::filesystem::path folder, adapters::FolderLock lock, Config config,
                 std::unique_ptr<ports::Store> store, adapters::SqliteStore* sqlite)
    : folder_(std::move(folder)),
      lock_(std::move(lock)),
      config_(std::move(config)),
      store_(std::move(store)),
      sqlite_(sqlite),
      watched_(*store_,
               [this](const std::vector<ports::Change>& changes) {
                 if (after_commit_) after_commit_(changes);
               }),
      desk_{ports::Installation(watched_), {}, nullptr, nullptr} {}

Result<void> Machine::connect(domain::ServerKey key) {
  app::World& world = desk_.world;
  world.server_key = std::move(key);
  world.clock = &system_clock;
  world.entropy = &entropy_;
  world.public_url = config_.public_url;
  auto mailer = open_mailer(config_, folder_);
  if (!mailer) return as_settings(std::move(mailer).error());
  mailer_ = std::move(mailer).value();
  if (config_.objects.engine == ObjectsConfig::Engine::s3) {
    auto objects = open_s3_objects(config_, system_clock);
    if (!objects) return as_settings(std::move(objects).error());
    objects_ = std::move(objects).value();
  } else {
    objects_ = std::make_unique<adapters::FolderObjects>(folder_ / "objects", world.server_key);
  }
  // On one machine whoever listens to the topic is called at once.
  topic_ = std::make_unique<adapters::LocalTopic>([this](const ports::CrewAnnouncement& call) {
    return app::call_crew(desk_.installation.operations(call.tenant), desk_.world, call);
  });
  desk_.mailer = mailer_.get();
  world.objects = objects_.get();
  desk_.topic = topic_.get();
  return {};
}

Result<std::unique_ptr<Machine>> Machine::open(const std::filesystem::path& folder) {
  if (!base::zone_data_present())
    return as_settings(
        base::invalid("tzdata", "the system's time zone data is missing; install tzdata"));
  auto read = read_config(folder);
  if (!read) return as_settings(std::move(read).error());
  Config config = std::move(read).value();
  auto lock = TRY(adapters::FolderLock::take(folder));
  const auto database = folder / "fairlead.db";
  const bool shared = config.store.engine == StoreConfig::Engine::dynamodb;
  // The key comes first: a database without one has lost it, whenever the process was killed.
  auto keyed = shared ? refuse_missing_key(folder / "server.key")
                      : refuse_lost_key(database, folder / "server.key");
  if (!keyed) return shared ? as_settings(std::move(keyed).error()) : std::move(keyed).error();
  auto key = TRY(adapters::read_or_make_server_key(folder, system_entropy));
  std::unique_ptr<ports::Store> store;
  adapters::SqliteStore* sqlite = nullptr;
  if (shared) {
    auto opened = open_dynamo_store(config, system_clock, system_entropy);
    if (!opened) return as_settings(std::move(opened).error());
    store = std::move(opened).value();
  } else {
    auto opened = TRY(adapters::SqliteStore::open(database, system_clock));
    sqlite = opened.get();
    store = std::move(opened);
  }
  std::unique_ptr<Machine> machine(
      new Machine(folder, std::move(lock), std::move(config), std::move(store), sqlite));
  TRY(machine->connect(std::move(key)));
  return machine;
}

}  // namespace fairlead
