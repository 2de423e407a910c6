// What the tests of verbs share: two invented operators on a real store in a folder of its own,
// real maildrop and objects, a clock that stands still and randomness that repeats. Every commit
// is kept, so that a test can compare what a verb wrote with what it should have written.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/crypto.h"

#include "ports/watched_store.h"

#include "adapters/folder_objects.h"
#include "adapters/local_topic.h"
#include "adapters/maildrop_mailer.h"
#include "app/apply_tenant.h"
#include "app/call_crew.h"
#include "app/charter_record.h"
#include "app/due_jobs.h"
#include "app/job_record.h"
#include "app/make_event.h"
#include "app/prove_credential.h"
#include "app/run_job.h"
#include "app/take_booking.h"

#include "tests/contracts/sqlite_fixture.h"

namespace app::testing {

using Lines = std::vector<std::string>;

// Bytes that differ from call to call, and are the same in each run of a test.
class CountedEntropy : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override {
    std::string bytes;
    while (bytes.size() < count)
      bytes += base::bytes_of(base::sha256("entropy " + std::to_string(++calls_)));
    bytes.resize(count);
    return bytes;
  }

 private:
  std::atomic<int> calls_ = 0;
};

// A maildrop behind a mail server that can be away, slow or hostile.
class MailServer : public ports::Mailer {
 public:
  explicit MailServer(const std::filesystem::path& folder) : drop_(folder) {}

  std::optional<base::Error> refusal;
  std::function<void()> meanwhile;  // called while a mail is under way
  std::atomic<int> tries = 0;

  base::Result<void> send(const ports::OutgoingMail& mail) override {
    ++tries;
    if (meanwhile) meanwhile();
    if (refusal) return *refusal;
    return drop_.send(mail);
  }
  base::Result<void> probe() override { return drop_.probe(); }

 private:
  adapters::MaildropMailer drop_;
};

// By value, so that a loop over it keeps it alive.
template <class T>
T value_of(base::Result<T> result) {
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return std::move(result).value();
}

inline base::WrittenTime written(const std::string& text) {
  return base::parse_written_time(text).value();
}

inline domain::Money usd(const std::string& text) {
  return domain::parse_money(text, *domain::Currency::parse("USD")).value();
}

inline TenantFile tenant_file(const std::string& id = "jada") {
  domain::Tenant tenant;
  tenant.id = domain::TenantId(id);
  tenant.name = id == "jada" ? "JADA Charters" : "Tern Sailing";
  tenant.zone = "America/Los_Angeles";
  tenant.currency = "USD";
  tenant.sites = {"ops." + id + ".example", "crew." + id + ".example", "guest." + id + ".example"};
  tenant.owner_email = "owner@" + id + ".example";
  const std::vector<std::string> bring = {"Soft-soled shoes", "A jacket"};
  tenant.vessels = {{domain::VesselId("jada"), "JADA", "65-foot sailing yacht, built 1938",
                     "Harbor Island, west dock", "Gate opens 20 minutes before", bring,
                     "+1 619 555 0100", 12, 60, 32.7252, -117.2050},
                    {domain::VesselId("skiff"),
                     "Skiff",
                     "",
                     "Shelter Island",
                     "",
                     {},
                     "",
                     4,
                     0,
                     std::nullopt,
                     std::nullopt}};
  const domain::Role captain("captain");
  const domain::Role crew("crew");
  const domain::Role host("host");
  tenant.members = {{domain::MemberId("ana"), "Ana Reyes", "ana@crew.example", {captain}},
                    {domain::MemberId("ben"), "Ben Okafor", "ben@crew.example", {captain, crew}},
                    {domain::MemberId("cleo"), "Cleo Lindgren", "cleo@crew.example", {crew}},
                    {domain::MemberId("dora"), "Dora Lind", "dora@crew.example", {crew, host}}};
  tenant.departure_checklist = {"Life jackets counted", "VHF radio check"};
  tenant.return_checklist = {"Lines and fenders"};

  domain::Rates rates;
  rates.currency = *domain::Currency::parse("USD");
  rates.pay[captain] = {usd("50.00"), std::nullopt};
  rates.pay[crew] = {usd("25.00"), domain::Decimal::parse("5")};
  rates.fees = {{"port_tax", domain::Decimal::parse("18").value()}};
  return {tenant, rates};
}

inline domain::Slot slot(const std::string& member, const std::string& role) {
  return {domain::MemberId(member), domain::Role(role)};
}

// The booking of the house: XHQGMDH, three hours, six guests, 840.75.
inline BookingRequest booking_request() {
  BookingRequest request;
  domain::Booking& booking = request.booking;
  booking.channel = domain::Channel("boatsetter");
  booking.reference = "XHQGMDH";
  booking.vessel = domain::VesselId("jada");
  booking.starts_at = written("2027-05-30T16:30");
  booking.duration_minutes = 180;
  booking.guest = {"Dana Whitfield", "dana@guest.example", "+16195550100", 6};
  booking.crew = {slot("ana", "captain"), slot("ben", "crew"), slot("cleo", "crew")};
  booking.crew_notes = "Guests bring their own food";
  request.gross = "840.75";
  request.internal_notes = "Paid through Boatsetter";
  request.actor = "dashboard key 3f2a";
  return request;
}

// Another trip, which nothing of the first stands in the way of.
inline BookingRequest plain_request(const std::string& starts_at,
                                    const std::string& vessel = "jada") {
  BookingRequest request;
  request.booking.channel = domain::Channel("direct");
  request.booking.vessel = domain::VesselId(vessel);
  request.booking.starts_at = written(starts_at);
  request.booking.duration_minutes = 120;
  request.actor = "dashboard key 3f2a";
  return request;
}

inline EventRequest event_request(const std::string& starts_at) {
  EventRequest request;
  request.booking = plain_request(starts_at).booking;
  request.booking.title = "Sunset sail";
  request.booking.crew = {slot("ana", "captain")};
  request.actor = "service key 77aa";
  return request;
}

class VerbTest : public ::testing::Test {
 protected:
  VerbTest()
      : opened_(clock),
        watched_(opened_.store(),
                 [this](const std::vector<ports::Change>& changes) {
                   const std::lock_guard lock(mutex_);
                   commits_.push_back(changes);
                 }),
        installation(watched_),
        mail_server(folder_.path() / "maildrop"),
        objects(folder_.path() / "objects", std::string(32, 'k')),
        topic([this](const ports::CrewAnnouncement& call) {
          return call_crew(installation.operations(call.tenant), world, call);
        }) {
    world.clock = &clock;
    world.entropy = &entropy_;
    world.objects = &objects;
    world.server_key = std::string(32, 'k');
  }

  void SetUp() override {
    for (const char* id : {"jada", "tern"}) {
      const auto applied = value_of(apply_tenant(installation, world, tenant_file(id)));
      tokens[id] = applied.dashboard_token;
      service_keys[id] = applied.service_key;
    }
    commits_.clear();
  }

  ports::OwnerStore owner(const std::string& tenant = "jada") const {
    return installation.owner(domain::TenantId(tenant));
  }
  // What crew and guest code is handed.
  ports::TenantStore operations(const std::string& tenant = "jada") const {
    return installation.operations(domain::TenantId(tenant));
  }
  JobDesk desk() { return {installation, world, &mail_server, &topic, &installation}; }

  // Without a client, as one that nobody has seen before: no other call's wrong keys count.
  base::Result<std::string> prove_key(const std::string& key, const std::string& tenant = "jada",
                                      std::string client = {}) {
    if (client.empty()) client = "client " + std::to_string(++clients_);
    return prove_service_key(operations(tenant), world, keys, client, key);
  }

  // The answer's text is the charter's id.
  base::Result<BookingAnswer> take(const BookingRequest& request) {
    return take_booking(owner(), world, request,
                        [](const TakenBooking& taken) { return taken.charter.id.text(); });
  }
  domain::Charter booked(const BookingRequest& request = booking_request()) {
    return charter(value_of(take(request)).body);
  }
  base::Result<EventAnswer> make(const EventRequest& request) {
    return make_event(operations(), world, request,
                      [](const MadeEvent& made) { return made.charter.id.text(); });
  }
  // Puts one more person on a trip.
  base::Result<EventAnswer> crew_with(const domain::CharterId& charter, const domain::Slot& one) {
    EventRequest request;
    request.charter = charter;
    request.booking.crew = {one};
    request.actor = "service key 77aa";
    return make(request);
  }
  domain::Charter charter(const std::string& id) const {
    auto loaded = load_charter(operations(), domain::CharterId(id));
    EXPECT_TRUE(loaded && *loaded);
    return loaded && *loaded ? (*loaded)->value : domain::Charter();
  }
  domain::Job job(const domain::JobId& id) const {
    auto loaded = load_job(operations(), id);
    EXPECT_TRUE(loaded && *loaded) << id.text();
    return loaded && *loaded ? (*loaded)->value : domain::Job();
  }
  // Writes a charter as a verb of a later day will: newer facts, without jobs.
  void renew(const domain::CharterId& id, const std::function<void(domain::Charter&)>& change) {
    auto loaded = load_charter(operations(), id).value();
    domain::Charter renewed = loaded->value;
    renewed.revision += 1;
    renewed.facts_revision = renewed.revision;
    change(renewed);
    auto changes = operations().changes();
    put_changed(changes, renewed, loaded->version);
    ASSERT_TRUE(operations().commit(changes));
  }

  std::size_t run_due() {
    std::size_t ran = 0;
    for (const domain::JobId& id : value_of(due_jobs(desk(), 64)))
      if (run_job(desk(), id).value() == RunResult::ran) ++ran;
    return ran;
  }
  // Until nothing is owed within that time; the clock moves on to whatever waits. What comes in
  // days, as reminders do, is left out unless it is asked for.
  void run_all(std::chrono::milliseconds within = std::chrono::hours(2)) {
    const base::Instant end = clock.now() + within;
    for (int round = 0; round < 200; ++round) {
      run_due();
      const auto next = next_due(desk()).value();
      if (!next || *next > end) return;
      if (*next > clock.now())
        clock.advance(*next - std::chrono::floor<std::chrono::seconds>(clock.now()));
    }
    ADD_FAILURE() << "jobs are planned for ever";
  }

  // "{record} = {body}" of every record of both tables, read past the store's own code.
  Lines dump() const {
    Lines lines;
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open_v2(opened_.file().c_str(), &handle, SQLITE_OPEN_READONLY, nullptr),
              SQLITE_OK);
    for (const std::string table : {"operations", "owner_only"}) {
      sqlite3_stmt* row = nullptr;
      const std::string sql = "SELECT '" + table + " ' || partition || ' ' || sort || ' ' ||" +
                              " version || ' = ' || body FROM " + table;
      sqlite3_prepare_v2(handle, sql.c_str(), -1, &row, nullptr);
      while (sqlite3_step(row) == SQLITE_ROW)
        lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(row, 0)));
      sqlite3_finalize(row);
    }
    sqlite3_close(handle);
    return lines;
  }
  Lines maildrop() const {
    Lines names;
    const auto drop = folder_.path() / "maildrop";
    if (std::filesystem::exists(drop))
      for (const auto& file : std::filesystem::directory_iterator(drop))
        names.push_back(file.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  // The act is refused so, and not a byte of the store moved.
  template <class Act>
  ::testing::AssertionResult refuses(Act act, base::Kind kind, const std::string& field = {}) {
    const Lines before = dump();
    const auto result = act();
    if (result) return ::testing::AssertionFailure() << "was done";
    const base::Error& error = result.error();
    if (error.kind != kind)
      return ::testing::AssertionFailure() << "another kind of error: " << error.message;
    const std::string named = error.faults.empty() ? "" : error.faults.front().field;
    if (named != field)
      return ::testing::AssertionFailure() << "names '" << named << "': " << error.message;
    if (dump() != before) return ::testing::AssertionFailure() << "left something behind";
    return ::testing::AssertionSuccess();
  }

  std::vector<std::vector<ports::Change>> commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
  }
  void forget_commits() {
    const std::lock_guard lock(mutex_);
    commits_.clear();
  }
  // "put operations jada/tenant tenant 1" of each change of the only commit, sorted. What is random
  // is named instead: the id as {id}, audit entries and shards without their last part.
  Lines written_at_once(const std::string& id) const {
    const auto all = commits();
    EXPECT_EQ(all.size(), 1U);
    Lines lines;
    for (const ports::Change& change : all.empty() ? std::vector<ports::Change>() : all.front()) {
      std::string line = change.kind == ports::Change::Kind::put      ? "put"
                         : change.kind == ports::Change::Kind::remove ? "remove"
                                                                      : "check";
      line += change.key.table == ports::Table::operations ? " " : " owner: ";
      line += before_last("@due/", change.key.partition) + " " +
              before_last("audit/", change.key.sort) + " " + std::to_string(change.expected);
      for (auto at = line.find(id); at != std::string::npos; at = line.find(id))
        line.replace(at, id.size(), "{id}");
      lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

 private:
  static std::string before_last(const std::string& prefix, const std::string& text) {
    return text.starts_with(prefix) ? prefix.substr(0, prefix.size() - 1) : text;
  }

  contracts::TempFolder folder_;
  CountedEntropy entropy_;
  mutable std::mutex mutex_;
  std::vector<std::vector<ports::Change>> commits_;
  int clients_ = 0;

 protected:
  contracts::FakeClock clock;
  World world;
  std::map<std::string, std::string> tokens;        // dashboard tokens, by tenant
  std::map<std::string, std::string> service_keys;  // by tenant

 private:
  contracts::OpenedSqlite opened_;
  ports::WatchedStore watched_;

 protected:
  ports::OwnerInstallation installation;
  MailServer mail_server;
  adapters::FolderObjects objects;
  adapters::LocalTopic topic;
  WrongTries wrong_tries{100};
  ServiceKeyDesk keys{
      {2, 64}, {2, 64}, {std::string(32, 'p'), 100}, {std::string(32, 'q'), 100}, wrong_tries};

  std::filesystem::path folder() const { return folder_.path(); }
  ports::Store& store() { return watched_; }
};

}  // namespace app::testing
