#include "lambda_worker.h"

#include <algorithm>
#include <deque>
#include <iostream>
#include <thread>

#include "base/log.h"

#include "adapters/ses_notices.h"
#include "app/check_drift.h"
#include "app/due_jobs.h"
#include "app/note_delivery.h"
#include "app/notify_crew.h"
#include "app/purge_pages.h"
#include "app/receive_photo.h"
#include "app/record_json.h"
#include "app/refresh_weather.h"
#include "app/remove_old_pages.h"
#include "app/run_job.h"
#include "app/warn_of_credentials.h"

namespace fairlead {

namespace json = base::json;
using base::Result;
using std::chrono::steady_clock;
using transports::BucketEvent;
using transports::ClockEvent;
using transports::StreamEvent;
using transports::TopicEvent;

namespace {

// The services of the weather are asked of a sweep now and then, for sweeps come each minute.
constexpr std::chrono::minutes weather_looked_after_every{15};
// No job begins with less than this left: a mail may take twenty seconds to hand over.
constexpr std::chrono::seconds job_takes_max{25};
// A mail that waits for its page is due a second later; that is waited for here, and not left to
// the sweep.
constexpr std::chrono::seconds waits_max{3};
constexpr std::size_t jobs_per_sweep_and_shard = 64;
// Each day what ended within so many, in case a day was missed.
constexpr std::chrono::hours tidied_again{3 * 24};
constexpr std::chrono::hours tidied_every{24};

struct Owed {
  ports::DueEntry due;
  std::string sequence_number;  // in the stream; empty: found by a sweep
};

// Pages first: mails wait for them.
bool is_before(const Owed& one, const Owed& other) {
  const auto order = [](const Owed& owed) {
    return std::pair(domain::kind_of(owed.due.job) != domain::JobKind::guest_page, owed.due.due_at);
  };
  return order(one) < order(other);
}

std::string done() {
  return "{}";
}

}  // namespace

class LambdaWorker::Line final : public app::JobLine {
 public:
  Line(std::vector<Owed> owed, steady_clock::time_point deadline, ports::Clock& clock)
      : waiting_(owed.begin(), owed.end()), deadline_(deadline), clock_(clock) {}

  // Never waits: whoever asks for the next has an end of the last to record.
  std::optional<domain::JobId> next() override {
    const auto ready = std::ranges::find_if(
        waiting_, [&](const Owed& owed) { return owed.due.due_at <= clock_.now(); });
    if (ready == waiting_.end() || !has_time()) return std::nullopt;
    domain::JobId job = std::move(ready->due.job);
    waiting_.erase(ready);
    ++begun_;
    return job;
  }
  // Until something that is due soon is due; later ones are the sweep's. false: nothing is.
  bool wait_for_more() {
    std::erase_if(waiting_,
                  [&](const Owed& owed) { return owed.due.due_at - clock_.now() > waits_max; });
    if (waiting_.empty() || !has_time()) return false;
    const auto first =
        std::ranges::min_element(waiting_, {}, [](const Owed& owed) { return owed.due.due_at; });
    const auto early = first->due.due_at - clock_.now();
    if (early > early.zero()) std::this_thread::sleep_for(early);
    return true;
  }
  void ended(const domain::JobId& /*job*/) override {}

  std::uint64_t begun() const { return begun_; }
  // Those that no time was left for.
  std::vector<std::string> left() const {
    std::vector<std::string> numbers;
    for (const Owed& owed : waiting_)
      if (!owed.sequence_number.empty()) numbers.push_back(owed.sequence_number);
    return numbers;
  }

 private:
  bool has_time() const { return deadline_ - steady_clock::now() > job_takes_max; }

  std::deque<Owed> waiting_;
  steady_clock::time_point deadline_;
  ports::Clock& clock_;
  std::uint64_t begun_ = 0;
};

LambdaWorker::LambdaWorker(Machine& machine) : machine_(machine) {
  machine.watch([this](const std::vector<ports::Change>& changes) {
    for (const ports::Change& change : changes) counts_.heed(change);
  });
}

void LambdaWorker::run(Line& line) {
  do app::run_jobs(machine_.desk(), line);
  while (line.wait_for_more());
  pay_purges();
}

// One line of JSON, which metric filters read (deploy/aws/core.yaml).
void LambdaWorker::tell(const char* what,
                        std::initializer_list<std::pair<const char*, std::uint64_t>> more) {
  const std::uint64_t failed = counts_.of(domain::JobState::failed);
  json::object line{{"fairlead", what}, {"failed", failed - failed_told_}};
  failed_told_ = failed;
  for (const auto& [name, figure] : more) line[name] = figure;
  std::cout << base::to_text(line) << '\n' << std::flush;
}

Result<std::string> LambdaWorker::handle(const StreamEvent& event) {
  std::vector<Owed> owed;
  for (const transports::StreamRecord& record : event.records)
    if (auto due = app::due_entry_from(record.sort))
      owed.push_back({*std::move(due), record.sequence_number});
  std::ranges::stable_sort(owed, is_before);
  Line line(std::move(owed), deadline_, *machine_.world().clock);
  run(line);
  tell("jobs", {{"ran", line.begun()}});
  return transports::stream_answer(line.left());
}

Result<std::string> LambdaWorker::sweep() {
  const base::Instant now = machine_.world().now();
  std::vector<Owed> owed;
  base::Instant oldest = now;
  for (ports::DueEntry& due : TRY(machine_.installation().due(now, jobs_per_sweep_and_shard))) {
    oldest = std::min(oldest, due.due_at);
    owed.push_back({std::move(due), {}});
  }
  const std::uint64_t due = owed.size();
  std::ranges::stable_sort(owed, is_before);
  Line line(std::move(owed), deadline_, *machine_.world().clock);
  run(line);
  const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - oldest).count();
  tell("sweep",
       {{"due", due}, {"oldest_seconds", static_cast<std::uint64_t>(age)}, {"ran", line.begun()}});
  look_after_weather(now);
  return done();
}

void LambdaWorker::look_after_weather(base::Instant now) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch());
  if (minute % weather_looked_after_every != std::chrono::minutes(0)) return;
  const auto asked = app::refresh_weather(
      machine_.desk(), [this] { return deadline_ - steady_clock::now() > job_takes_max; });
  if (!asked)
    base::log::error("cannot look after the weather", {{"reason", asked.error().message}});
}

// A copy at the edge lives a minute anyway, so that a purge which fails is the next sweep's.
void LambdaWorker::pay_purges() {
  if (const auto paid = app::purge_pages(machine_.desk()); !paid)
    base::log::error("cannot purge copies of pages", {{"reason", paid.error().message}});
}

Result<std::string> LambdaWorker::tidy() {
  const base::Instant now = machine_.world().now();
  std::uint64_t removed = 0;
  auto tenants = TRY(machine_.installation().tenants());
  // Not always the same ones last, should time run out.
  if (!tenants.empty())
    std::ranges::rotate(tenants, tenants.begin() + now.time_since_epoch() / tidied_every %
                                                       static_cast<std::int64_t>(tenants.size()));
  for (const domain::TenantId& tenant : tenants) {
    if (deadline_ - steady_clock::now() < job_takes_max) break;
    const auto gone = app::remove_old_pages(machine_.installation().operations(tenant),
                                            machine_.desk(), now - tidied_again, now);
    if (gone)
      removed += *gone;
    else
      base::log::error("cannot remove old pages", {{"reason", gone.error().message}});
  }
  const auto checked = app::check_tonight(
      machine_.desk(), [this] { return deadline_ - steady_clock::now() > job_takes_max; });
  if (!checked)
    base::log::error("cannot make the nightly checks", {{"reason", checked.error().message}});
  const auto warned = app::warn_of_credentials(
      machine_.desk(), [this] { return deadline_ - steady_clock::now() > job_takes_max; });
  if (!warned)
    base::log::error("cannot look after credentials", {{"reason", warned.error().message}});
  pay_purges();
  tell("tidy", {{"removed", removed}, {"checked", checked ? *checked : 0}});
  return done();
}

Result<std::string> LambdaWorker::handle(const ClockEvent& event) {
  if (event.word == "sweep") return sweep();
  if (event.word == "tidy") return tidy();
  return base::malformed("a schedule that says '" + event.word + "'");
}

Result<void> LambdaWorker::announce(const json::object& announcement) {
  const ports::CrewAnnouncement call{
      domain::TenantId(app::text_at(announcement, "tenant")),
      domain::CharterId(app::text_at(announcement, "charter")),
      static_cast<domain::Revision>(app::number_at(announcement, "revision"))};
  if (domain::tenant_of(call.charter) != call.tenant)
    return base::malformed("an announcement of another operator's charter");
  auto told = app::notify_crew(machine_.desk(), call,
                               [this] { return deadline_ - steady_clock::now() > job_takes_max; });
  if (told || told.error().kind != base::Kind::not_found) return told;
  base::log::warning("an announcement of no charter", {{"charter", call.charter.text()}});
  return {};
}

Result<std::string> LambdaWorker::handle(const TopicEvent& event) {
  for (const std::string& message : event.messages) {
    const auto body = base::parse_json_object(message);
    if (body && body->contains("charter")) {
      TRY(announce(*body));
      continue;
    }
    for (const ports::DeliveryNotice& notice : adapters::ses_notices_from(message)) {
      const auto noted = app::note_delivery(machine_.installation(), machine_.world(), notice);
      if (!noted && noted.error().kind != base::Kind::not_found) return noted.error();
      if (!noted) base::log::warning("a notice of no mail of ours", {{"mail", notice.mail}});
    }
  }
  return done();
}

Result<std::string> LambdaWorker::handle(const BucketEvent& event) {
  for (const BucketEvent::Arrival& arrival : event.arrivals) {
    const std::size_t slash = arrival.key.find('/');
    const domain::TenantId tenant(arrival.key.substr(0, slash));
    const std::string name = slash == std::string::npos ? "" : arrival.key.substr(slash + 1);
    const auto received = app::receive_photo(machine_.installation().operations(tenant),
                                             machine_.world(), name, arrival.bytes);
    if (!received && received.error().kind != base::Kind::not_found) return received.error();
    if (!received) base::log::warning("an object that nobody was promised");
  }
  return done();
}

}  // namespace fairlead
