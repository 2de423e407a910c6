// What a function does with events that are no requests: jobs, announcements, notices, photos.
// Always: time is kept back for the answer; what no time was left for is said to be undone, and
// comes again, or is found by the next sweep.
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "transports/lambda_events.h"

#include "metrics.h"
#include "wiring.h"

namespace fairlead {

class LambdaWorker {
 public:
  explicit LambdaWorker(Machine& machine);

  // The answer's JSON. An error makes the platform try again, a few times.
  base::Result<std::string> handle(const transports::StreamEvent& event);
  base::Result<std::string> handle(const transports::TopicEvent& event);
  base::Result<std::string> handle(const transports::BucketEvent& event);
  base::Result<std::string> handle(const transports::ClockEvent& event);

  void begin(std::chrono::steady_clock::time_point deadline) { deadline_ = deadline; }

 private:
  class Line;

  base::Result<void> announce(const base::json::object& announcement);
  void run(Line& line);
  base::Result<std::string> sweep();
  base::Result<std::string> tidy();
  void pay_purges();
  void look_after_weather(base::Instant now);
  void tell(const char* what, std::initializer_list<std::pair<const char*, std::uint64_t>> more);

  const Machine& machine_;
  JobCounts counts_;
  std::uint64_t failed_told_ = 0;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace fairlead
