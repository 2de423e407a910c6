// IP addresses as text, and what tells one client from another. Always: pure. An IPv4 address
// written within IPv6 (::ffff:192.0.2.1) is the IPv4 address. Refuses: names, ports, zone ids.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

// The bytes of a literal address: 4 or 16.
std::optional<std::string> address_bytes(std::string_view text);

// What stands for one client: all of an IPv4 address, the /64 of an IPv6 address; other texts stand
// for themselves.
std::string client_of(std::string_view address);

}  // namespace base
