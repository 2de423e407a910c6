// Reads malformed.corpus: its head says how it is written.
#pragma once

#include <string>
#include <vector>

namespace transports::testing {

struct Malformed {
  int status = 0;
  std::string name;
  std::string bytes;
};

// Throws std::runtime_error that names the line which cannot be read.
std::vector<Malformed> read_malformed_corpus();

}  // namespace transports::testing
