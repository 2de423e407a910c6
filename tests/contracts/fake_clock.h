// A clock that stands still until a test moves it. Any thread may ask it.
#pragma once

#include <atomic>
#include <chrono>

#include "ports/clock.h"

namespace contracts {

class FakeClock : public ports::Clock {
 public:
  base::Instant now() override { return base::Instant(std::chrono::milliseconds(milliseconds_)); }
  void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }

 private:
  std::atomic<std::int64_t> milliseconds_ = 1'811'000'000'000;  // in May 2027
};

}  // namespace contracts
