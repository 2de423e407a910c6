#include "base/address.h"

#include <array>

#include <arpa/inet.h>

namespace base {

namespace {

constexpr std::size_t address_text_max = 45;
constexpr std::string_view mapped_ipv4("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
constexpr std::size_t network_bytes = 8;

std::optional<std::string> read_as(int family, const std::string& text, std::size_t size) {
  std::array<char, 16> bytes{};
  if (inet_pton(family, text.c_str(), bytes.data()) != 1) return std::nullopt;
  return std::string(bytes.data(), size);
}

}  // namespace

std::optional<std::string> address_bytes(std::string_view text) {
  if (text.size() > address_text_max || text.find('\0') != std::string_view::npos)
    return std::nullopt;
  const std::string terminated(text);
  if (auto ipv4 = read_as(AF_INET, terminated, 4)) return ipv4;
  auto ipv6 = read_as(AF_INET6, terminated, 16);
  if (ipv6 && ipv6->starts_with(mapped_ipv4)) return ipv6->substr(mapped_ipv4.size());
  return ipv6;
}

std::string client_of(std::string_view address) {
  auto bytes = address_bytes(address);
  if (!bytes) return std::string(address.substr(0, address_text_max));
  return bytes->size() == 4 ? *bytes : bytes->substr(0, network_bytes);
}

}  // namespace base
