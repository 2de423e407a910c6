// What an HTTP loop counts. Always: each loop has its own, and only its thread writes them, with a
// plain load and store; whoever reads gets numbers that may be a moment old.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace transports {

// Upper ends of the buckets of durations; the last bucket has none.
inline constexpr std::array<std::chrono::microseconds, 7> duration_buckets{
    std::chrono::microseconds(500),       std::chrono::microseconds(2'000),
    std::chrono::microseconds(10'000),    std::chrono::microseconds(50'000),
    std::chrono::microseconds(250'000),   std::chrono::microseconds(1'000'000),
    std::chrono::microseconds(5'000'000),
};

// A server's numbers, added up over its loops.
struct HttpFigures {
  std::array<std::uint64_t, 6> answers{};  // not from memory; by the first digit of the status
  struct FromMemory {
    std::uint64_t full = 0;
    std::uint64_t unchanged = 0;  // 304
  };
  FromMemory pages;
  FromMemory assets;
  std::uint64_t shed = 0;  // 503 for want of room: in the queue, in memory, for one more stream
  // From the first byte of a request to its answer being ready to leave.
  std::array<std::uint64_t, duration_buckets.size() + 1> durations{};
  std::uint64_t nanoseconds = 0;  // all durations together
  std::size_t connections = 0;    // now
  std::size_t queued = 0;         // now
};

class HttpCounters {
 public:
  class Tally {
   public:
    void add(std::uint64_t more = 1) {
      value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

   private:
    std::atomic<std::uint64_t> value_ = 0;
  };

  struct FromMemory {
    Tally full;
    Tally unchanged;
    void add_to(HttpFigures::FromMemory& figures) const {
      figures.full += full.value();
      figures.unchanged += unchanged.value();
    }
  };
  FromMemory pages;
  FromMemory assets;
  Tally shed;

  void answered(int status) {
    answers_[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].add();
  }
  void took(std::chrono::nanoseconds span) {
    std::size_t bucket = 0;
    while (bucket < duration_buckets.size() && span > duration_buckets[bucket]) ++bucket;
    durations_[bucket].add();
    nanoseconds_.add(static_cast<std::uint64_t>(std::max<std::int64_t>(span.count(), 0)));
  }

  void add_to(HttpFigures& figures) const {
    pages.add_to(figures.pages);
    assets.add_to(figures.assets);
    figures.shed += shed.value();
    for (std::size_t i = 0; i < answers_.size(); ++i) figures.answers[i] += answers_[i].value();
    for (std::size_t i = 0; i < durations_.size(); ++i)
      figures.durations[i] += durations_[i].value();
    figures.nanoseconds += nanoseconds_.value();
  }

 private:
  std::array<Tally, 6> answers_{};
  std::array<Tally, duration_buckets.size() + 1> durations_{};
  Tally nanoseconds_;
};

}  // namespace transports
