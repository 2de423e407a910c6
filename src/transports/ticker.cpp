#include "transports/ticker.h"

#include "base/log.h"

#include "app/check_drift.h"
#include "app/due_jobs.h"
#include "app/purge_pages.h"
#include "app/refresh_weather.h"
#include "app/run_job.h"
#include "app/warn_of_credentials.h"

namespace transports {

namespace {

bool is_mail(const domain::JobId& job) {
  const auto kind = domain::kind_of(job);
  return kind && domain::is_mail(*kind);
}

}  // namespace

// A lane as those who run it see it.
class Ticker::LaneLine final : public app::JobLine {
 public:
  LaneLine(Ticker& ticker, Lane& lane) : ticker_(ticker), lane_(lane) {}

  std::optional<domain::JobId> next() override {
    const std::scoped_lock lock(ticker_.mutex_);
    if (ticker_.stopping_ || lane_.waiting.empty()) return std::nullopt;
    domain::JobId job = std::move(lane_.waiting.front());
    lane_.waiting.pop_front();
    if (ticker_.woken_ && !ticker_.has_plenty()) ticker_.changed_.notify_all();
    return job;
  }
  void ended(const domain::JobId& job) override {
    const std::scoped_lock lock(ticker_.mutex_);
    ticker_.taken_.erase(job);
  }

 private:
  Ticker& ticker_;
  Lane& lane_;
};

Ticker::Ticker(const app::JobDesk& desk, TickerOptions options) : desk_(desk), options_(options) {}

Ticker::~Ticker() {
  stop();
}

void Ticker::start() {
  threads_.emplace_back([this] { look_forever(); });
  threads_.emplace_back([this] { keep_watch_forever(); });
  if (desk_.forecasts) threads_.emplace_back([this] { look_after_weather_forever(); });
  for (int i = 0; i < options_.house_lanes; ++i)
    threads_.emplace_back([this] { run_forever(house_); });
  for (int i = 0; i < options_.mail_lanes; ++i)
    threads_.emplace_back([this] { run_forever(mail_); });
}

void Ticker::wake() {
  std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void Ticker::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Ticker::look_forever() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_ = false;
    lock.unlock();
    look();
    lock.lock();
    // What is planned meanwhile need not be looked for while more waits than one look finds: each
    // look would read the same jobs again.
    changed_.wait_for(lock, options_.period,
                      [&] { return stopping_ || (woken_ && !has_plenty()); });
  }
}

void Ticker::keep_watch_forever() {
  while (has_time()) {
    const auto checked = app::check_tonight(desk_, [this] { return has_time(); });
    if (!checked)
      base::log::error("cannot make the nightly checks", {{"reason", checked.error().message}});
    const auto warned = app::warn_of_credentials(desk_, [this] { return has_time(); });
    if (!warned)
      base::log::error("cannot look after credentials", {{"reason", warned.error().message}});
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, options_.nights_asked_every, [&] { return stopping_; });
  }
}

void Ticker::look_after_weather_forever() {
  while (has_time()) {
    const auto asked = app::refresh_weather(desk_, [this] { return has_time(); });
    if (!asked)
      base::log::error("cannot look after the weather", {{"reason", asked.error().message}});
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, options_.weather_looked_after_every, [&] { return stopping_; });
  }
}

bool Ticker::has_time() {
  const std::scoped_lock lock(mutex_);
  return !stopping_;
}

bool Ticker::has_plenty() const {
  return house_.waiting.size() + mail_.waiting.size() >= options_.jobs_per_look;
}

void Ticker::look() {
  if (const auto paid = app::purge_pages(desk_); !paid)
    base::log::error("cannot purge copies of pages", {{"reason", paid.error().message}});
  auto due = app::due_jobs(desk_, options_.jobs_per_look);
  if (!due) {
    base::log::error("cannot look for due jobs", {{"reason", due.error().message}});
    return;
  }
  std::lock_guard lock(mutex_);
  for (domain::JobId& job : due.value())
    if (taken_.insert(job).second) (is_mail(job) ? mail_ : house_).waiting.push_back(job);
  changed_.notify_all();
}

void Ticker::run_forever(Lane& lane) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return stopping_ || !lane.waiting.empty(); });
    if (stopping_) return;
    lock.unlock();
    LaneLine line(*this, lane);
    app::run_jobs(desk_, line);
    lock.lock();
  }
}

}  // namespace transports
