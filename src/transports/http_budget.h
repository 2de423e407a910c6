// HttpBudget: what the bodies of all connections may take together. BodyShare: one request's part
// of it. Always: a share is given back when its request ends, however it ends. Refuses: what would
// exceed a bound; that request is answered 503.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

#include "transports/http_options.h"

namespace transports {

class HttpBudget {
 public:
  explicit HttpBudget(const HttpOptions& options)
      : bytes_max_(options.bodies_bytes_max), streams_max_(options.streams_max) {}

 private:
  friend class BodyShare;

  static bool take(std::atomic<std::size_t>& used, std::size_t count, std::size_t max) {
    if (used.fetch_add(count, std::memory_order_relaxed) + count <= max) return true;
    used.fetch_sub(count, std::memory_order_relaxed);
    return false;
  }

  const std::size_t bytes_max_;
  const std::size_t streams_max_;
  std::atomic<std::size_t> bytes_ = 0;
  std::atomic<std::size_t> streams_ = 0;
};

class BodyShare {
 public:
  explicit BodyShare(HttpBudget& budget) : budget_(budget) {}
  ~BodyShare() { give_back(); }
  BodyShare(const BodyShare&) = delete;
  BodyShare& operator=(const BodyShare&) = delete;

  bool take_bytes(std::size_t count) {
    if (!HttpBudget::take(budget_.bytes_, count, budget_.bytes_max_)) return false;
    bytes_ += count;
    return true;
  }
  bool take_stream() {
    if (!HttpBudget::take(budget_.streams_, 1, budget_.streams_max_)) return false;
    ++streams_;
    return true;
  }
  void give_back() {
    if (bytes_ > 0) budget_.bytes_ -= std::exchange(bytes_, 0);
    if (streams_ > 0) budget_.streams_ -= std::exchange(streams_, 0);
  }

 private:
  HttpBudget& budget_;
  std::size_t bytes_ = 0;
  std::size_t streams_ = 0;
};

}  // namespace transports
