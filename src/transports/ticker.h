// Ticker: runs due jobs, from the start of the server on, with nothing to switch on.
// Always: a due job starts within a second; mails wait for a slow mail server in lanes of their
// own, so that pages and books do not; each operator's nightly check is made;
// forecasts are fetched by a thread of their own, which holds nobody up. On stop, running jobs
// are finished and no new ones begin.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "app/job_desk.h"

namespace transports {

struct TickerOptions {
  std::chrono::milliseconds period{500};
  int house_lanes = 2;             // pages, calls, books
  int mail_lanes = 1;              // the mail server is spoken to one mail at a time
  std::size_t jobs_per_look = 64;  // per shard of the due index
  std::chrono::milliseconds nights_asked_every{std::chrono::minutes(10)};
  std::chrono::milliseconds weather_looked_after_every{std::chrono::minutes(5)};
};

class Ticker {
 public:
  Ticker(const app::JobDesk& desk, TickerOptions options);
  ~Ticker();

  void start();
  // Looks at once: something was planned.
  void wake();
  void stop();

 private:
  struct Lane {
    std::deque<domain::JobId> waiting;
  };

  class LaneLine;

  void look_forever();
  void keep_watch_forever();
  void look_after_weather_forever();
  bool has_time();
  void look();
  bool has_plenty() const;  // requires: mutex_ is held
  void run_forever(Lane& lane);

  const app::JobDesk& desk_;
  const TickerOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  Lane house_;
  Lane mail_;
  std::set<domain::JobId> taken_;  // waiting or running here
  std::vector<std::thread> threads_;
};

}  // namespace transports
