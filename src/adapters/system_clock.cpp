#include "adapters/system_clock.h"

#include <chrono>

#include "base/crypto.h"

namespace adapters {

base::Instant SystemClock::now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string SystemEntropy::bytes(std::size_t count) {
  return base::random_bytes(count);
}

}  // namespace adapters
