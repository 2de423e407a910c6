#include "app/world.h"

#include "base/crypto.h"

namespace app {

std::string World::random_text(std::size_t bytes) const {
  return base::base32(entropy->bytes(bytes));
}

}  // namespace app
