// BodyPace: whether a streamed body arrives fast enough. Always: the time that we hold it up does
// not count against the client.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "transports/http_options.h"

namespace transports {

class BodyPace {
 public:
  using Clock = std::chrono::steady_clock;

  void begin(Clock::time_point now) { *this = {now, now, now, 0}; }
  void received(Clock::time_point now, std::size_t count) {
    last_ = now;
    bytes_ += count;
  }
  void held_up(Clock::time_point now) { held_ = now; }
  void go_on(Clock::time_point now) {
    began_ += now - held_;
    last_ = now;
  }
  // When the client will have been too slow, unless more arrives.
  Clock::time_point deadline(const HttpLimits& limits) const {
    const std::chrono::milliseconds earned(1000 * bytes_ / limits.stream_bytes_per_second_min);
    return std::min(began_ + limits.request + earned, last_ + limits.stream_silence);
  }

  BodyPace() = default;

 private:
  BodyPace(Clock::time_point began, Clock::time_point last, Clock::time_point held,
           std::uint64_t bytes)
      : began_(began), last_(last), held_(held), bytes_(bytes) {}

  Clock::time_point began_;
  Clock::time_point last_;
  Clock::time_point held_;
  std::uint64_t bytes_ = 0;
};

}  // namespace transports
