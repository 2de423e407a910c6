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

Result<void> refuse_missing_zones() {
  if (base::zone_data_present()) return {};
  return as_settings(
      base::invalid("tzdata", "the system's time zone data is missing; install tzdata"));
}

Result<std::unique_ptr<ports::Store>> open_shared_store(const Config& config) {
  auto opened = open_dynamo_store(config, system_clock, system_entropy);
  if (!opened) return as_settings(std::move(opened).error());
  return opened;
}

Result<domain::ServerKey> shared_key(const Config& config, const std::filesystem::path& folder) {
  if (!config.secrets.server_key.empty()) {
    auto key = read_server_key(config, system_clock);
    if (!key && key.error().kind == base::Kind::invalid) return as_settings(std::move(key).error());
    return key;
  }
  auto there = refuse_missing_key(folder / "server.key");
  if (!there) return as_settings(std::move(there).error());
  return adapters::read_or_make_server_key(folder, system_entropy);
}

}  // namespace

Machine::Machine(Config config, std::unique_ptr<ports::Store> store, adapters::SqliteStore* sqlite)
    : config_(std::move(config)),
      store_(std::move(store)),
      sqlite_(sqlite),
      watched_(*store_,
               [this](const std::vector<ports::Change>& changes) {
                 if (after_commit_) after_commit_(changes);
               }),
      owners_(watched_),
      desk_{.installation = owners_} {}

void Machine::know_world(domain::ServerKey key) {
  app::World& world = desk_.world;
  world.server_key = std::move(key);
  world.clock = &system_clock;
  world.entropy = &entropy_;
  world.public_url = config_.public_url;
}

Result<void> Machine::open_topic() {
  if (!config_.topic.arn.empty()) {
    topic_ = TRY(open_sns_topic(config_, system_clock));
  } else {
    // On one machine whoever listens to the topic is called at once.
    topic_ = std::make_unique<adapters::LocalTopic>([this](const ports::CrewAnnouncement& call) {
      return app::call_crew(desk_.installation.operations(call.tenant), desk_.world, call);
    });
  }
  desk_.topic = topic_.get();
  return {};
}

Result<void> Machine::open_cdn() {
  if (config_.cdn.distributions.empty()) return {};
  cdn_ = TRY(open_cloudfront_cdn(config_, system_clock));
  desk_.cdn = cdn_.get();
  return {};
}

Result<void> Machine::open_weather() {
  weather_ = TRY(open_forecasts(config_.forecasts));
  desk_.forecasts = weather_.forecasts.get();
  desk_.tides = weather_.tides.get();
  return {};
}

Result<void> Machine::connect() {
  mailer_ = TRY(open_mailer(config_, folder_));
  if (config_.objects.engine == ObjectsConfig::Engine::s3)
    objects_ = TRY(open_s3_objects(config_, system_clock));
  else
    objects_ =
        std::make_unique<adapters::FolderObjects>(folder_ / "objects", desk_.world.server_key);
  desk_.mailer = mailer_.get();
  desk_.world.objects = objects_.get();
  desk_.books = &owners_;
  TRY(open_cdn());
  TRY(open_weather());
  return open_topic();
}

Result<void> Machine::connect_to_aws() {
  if (config_.mail.engine == MailConfig::Engine::ses) {
    mailer_ = TRY(open_ses_mailer(config_, system_clock));
    desk_.mailer = mailer_.get();
  }
  if (config_.objects.engine == ObjectsConfig::Engine::s3) {
    objects_ = TRY(open_s3_objects(config_, system_clock));
    desk_.world.objects = objects_.get();
  }
  if (!config_.store.owner_only.empty()) desk_.books = &owners_;
  TRY(open_cdn());
  if (config_.forecasts.engine == ForecastsConfig::Engine::nws) TRY(open_weather());
  return open_topic();
}

Result<std::unique_ptr<Machine>> Machine::open(const std::filesystem::path& folder) {
  TRY(refuse_missing_zones());
  auto read = read_config(folder);
  if (!read) return as_settings(std::move(read).error());
  Config config = std::move(read).value();
  auto lock = TRY(adapters::FolderLock::take(folder));
  const auto database = folder / "fairlead.db";
  domain::ServerKey key;
  std::unique_ptr<ports::Store> store;
  adapters::SqliteStore* sqlite = nullptr;
  if (config.store.engine == StoreConfig::Engine::dynamodb) {
    if (config.store.owner_only.empty())
      return as_settings(base::invalid("store.owner_only", "is needed with this engine"));
    key = TRY(shared_key(config, folder));
    store = TRY(open_shared_store(config));
  } else {
    // The key comes first: a database without one has lost it, whenever the process was killed.
    TRY(refuse_lost_key(database, folder / "server.key"));
    key = TRY(adapters::read_or_make_server_key(folder, system_entropy));
    auto opened = TRY(adapters::SqliteStore::open(database, system_clock));
    sqlite = opened.get();
    store = std::move(opened);
  }
  std::unique_ptr<Machine> machine(new Machine(std::move(config), std::move(store), sqlite));
  machine->folder_ = folder;
  machine->lock_ = std::move(lock);
  machine->know_world(std::move(key));
  auto connected = machine->connect();
  if (!connected) return as_settings(std::move(connected).error());
  return machine;
}

Result<std::unique_ptr<Machine>> Machine::open_on_aws(Config config) {
  TRY(refuse_missing_zones());
  if (config.store.engine != StoreConfig::Engine::dynamodb)
    return as_settings(base::invalid("store.engine", "must be \"dynamodb\" in Lambda"));
  domain::ServerKey key;
  if (!config.secrets.server_key.empty()) key = TRY(shared_key(config, {}));
  auto store = TRY(open_shared_store(config));
  std::unique_ptr<Machine> machine(new Machine(std::move(config), std::move(store), nullptr));
  machine->know_world(std::move(key));
  auto connected = machine->connect_to_aws();
  if (!connected) return as_settings(std::move(connected).error());
  return machine;
}

}  // namespace fairlead
