// Endpoint: where an outgoing call goes: scheme, host and port, and nothing of a path. Always: the
// host is in lower case and can stand in a Host header. Refuses: user names, paths, ports out of
// range.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace net {

struct Endpoint {
  enum class Scheme { http, https };
  Scheme scheme = Scheme::https;
  std::string host;  // without the brackets of an IPv6 address
  std::uint16_t port = 443;

  // "https://dynamodb.eu-west-1.amazonaws.com", "http://127.0.0.1:8000", "http://[::1]:8000". Error
  // kind invalid.
  static base::Result<Endpoint> parse(std::string_view url);
  // As the Host header has it: the port where it is not the scheme's own.
  std::string authority() const;
};

}  // namespace net
