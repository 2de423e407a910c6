// The machine's own clock and randomness.
#pragma once

#include <string>

#include "ports/clock.h"

namespace adapters {

class SystemClock : public ports::Clock {
 public:
  base::Instant now() override;
};

class SystemEntropy : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override;
};

}  // namespace adapters
