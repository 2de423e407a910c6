// What the suites against AWS's emulators share: where those are, and clients to them. `./dev test
// cloud` starts them and says so in the environment.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "ports/clock.h"

#include "adapters/system_clock.h"
#include "net/aws_client.h"

namespace cloud {

inline std::string emulator(const char* name) {
  const std::string address = net::environment_variable(name);
  if (address.empty()) {
    ADD_FAILURE() << name << " is not set: run these by ./dev test cloud";
    std::abort();
  }
  return address;
}

inline base::Instant now() {
  static adapters::SystemClock clock;
  return clock.now();
}

inline std::shared_ptr<net::AwsClient> client_of(const std::string& service,
                                                 const std::string& address,
                                                 const std::string& region = "eu-west-1") {
  auto endpoint = net::Endpoint::parse(address);
  EXPECT_TRUE(endpoint) << address;
  return std::make_shared<net::AwsClient>(
      net::AwsService{service, region, endpoint.value()},
      std::make_shared<net::AwsCredentialSource>(net::environment_variable), now);
}

// Names that no other test uses.
inline std::string fresh_name(const std::string& start) {
  static std::atomic<int> number = 0;
  return start + "-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
}

}  // namespace cloud
