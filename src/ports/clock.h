// What time it is, and randomness: the two things the app may not make up itself.
#pragma once

#include <string>

#include "base/time.h"

namespace ports {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual base::Instant now() = 0;
};

class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual std::string bytes(std::size_t count) = 0;  // cryptographically strong
};

}  // namespace ports
