#include "web/client_address.h"

#include <gtest/gtest.h>

#include "base/address.h"

namespace web {
namespace {

std::string of(const std::vector<std::string>& proxies, const std::string& peer,
               const std::vector<std::string>& forwarded) {
  base::RequestHead head;
  head.peer = peer;
  for (const std::string& value : forwarded) head.headers.push_back({"X-Forwarded-For", value});
  return ClientAddress(proxies).of(head);
}

std::string is(const char* address) {
  return base::client_of(address);
}

TEST(ClientAddress, without_proxies_nobody_is_believed) {
  EXPECT_EQ(of({}, "192.0.2.7", {"203.0.113.9"}), is("192.0.2.7"));
  EXPECT_EQ(of({"127.0.0.1"}, "192.0.2.7", {"203.0.113.9"}), is("192.0.2.7"));
}

TEST(ClientAddress, the_last_trusted_hop_says_who_called) {
  const std::vector<std::string> proxies{"127.0.0.1", "10.0.0.5"};
  EXPECT_EQ(of(proxies, "127.0.0.1", {"203.0.113.9"}), is("203.0.113.9"));
  EXPECT_EQ(of(proxies, "127.0.0.1", {"6.6.6.6, 203.0.113.9"}), is("203.0.113.9"));
  EXPECT_EQ(of(proxies, "127.0.0.1", {"6.6.6.6", "203.0.113.9 , 10.0.0.5"}), is("203.0.113.9"));
  EXPECT_EQ(of(proxies, "::ffff:127.0.0.1", {"2001:db8::9"}), is("2001:db8::9"));
}

TEST(ClientAddress, what_is_no_address_is_not_believed) {
  const std::vector<std::string> proxies{"127.0.0.1"};
  for (const char* odd : {"", "unknown", "203.0.113.9:80", "203.0.113.9, x", ",,,"})
    EXPECT_EQ(of(proxies, "127.0.0.1", {odd}), is("127.0.0.1")) << odd;
  EXPECT_EQ(of(proxies, "127.0.0.1", {}), is("127.0.0.1"));
  std::string loop = "127.0.0.1";
  for (int i = 0; i < 1000; ++i) loop += ",127.0.0.1";
  EXPECT_EQ(of(proxies, "127.0.0.1", {loop}), is("127.0.0.1"));
}

}  // namespace
}  // namespace web
