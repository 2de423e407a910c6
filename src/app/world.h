// World: what a verb may ask besides its store: the time, randomness, the server key, how addresses
// are built, and where objects are.
#pragma once

#include <string>

#include "domain/pass.h"

#include "ports/clock.h"
#include "ports/objects.h"

namespace app {

struct World {
  ports::Clock* clock = nullptr;
  ports::Entropy* entropy = nullptr;
  ports::Objects* objects = nullptr;
  domain::ServerKey server_key;
  std::string public_url = "https://{host}";  // [public] url of the settings

  base::Instant now() const { return clock->now(); }
  // That many random bytes as base32 text: 10 bytes are 16 characters.
  std::string random_text(std::size_t bytes) const;
};

}  // namespace app
