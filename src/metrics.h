// The figures of a running server, as GET /metrics on the admin listener shows them. Always: no
// tenant, person, address or amount stands in them, and how many lines there are is not a caller's
// choice.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "domain/job.h"

#include "transports/http_server.h"
#include "web/router.h"

#include "wiring.h"

namespace fairlead {

// How often a job was planned (for the first time or once more), done, failed or found stale, by
// every commit since the start.
class JobCounts {
 public:
  void heed(const ports::Change& change);
  std::uint64_t of(domain::JobState state) const {
    return counts_.at(static_cast<std::size_t>(state)).load(std::memory_order_relaxed);
  }

 private:
  std::array<std::atomic<std::uint64_t>, 4> counts_{};
};

struct Watched {
  const Machine& machine;
  const transports::HttpServer& server;
  const JobCounts& jobs;
  const web::Router& router;
  web::PageCache& pages;
  std::chrono::steady_clock::time_point started;
};

std::string write_metrics(const Watched& watched);

}  // namespace fairlead
