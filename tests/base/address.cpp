#include "base/address.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Address, reads_literals_and_nothing_else) {
  EXPECT_EQ(address_bytes("192.0.2.7"), std::string("\xc0\x00\x02\x07", 4));
  EXPECT_EQ(address_bytes("2001:db8::1")->size(), 16U);
  EXPECT_EQ(address_bytes("::ffff:192.0.2.7"), address_bytes("192.0.2.7"));
  for (const char* wrong : {"", "localhost", "192.0.2", "192.0.2.256", "192.0.2.7:80", "[::1]",
                            "fe80::1%eth0", " 192.0.2.7", "192.0.2.7,", "1.2.3.4.5", ":::"})
    EXPECT_FALSE(address_bytes(wrong)) << wrong;
  EXPECT_FALSE(address_bytes(std::string("192.0.2.7\0x", 11)));
  EXPECT_FALSE(address_bytes(std::string(5000, '1')));
}

TEST(Address, a_client_is_an_address_or_a_household) {
  EXPECT_NE(client_of("192.0.2.7"), client_of("192.0.2.8"));
  EXPECT_EQ(client_of("2001:db8:0:1::1"), client_of("2001:db8:0:1:ffff:ffff:ffff:ffff"));
  EXPECT_NE(client_of("2001:db8:0:1::1"), client_of("2001:db8:0:2::1"));
  EXPECT_EQ(client_of("::ffff:192.0.2.7"), client_of("192.0.2.7"));
  EXPECT_EQ(client_of("who?"), "who?");
  EXPECT_LE(client_of(std::string(5000, 'a')).size(), 45U);
}

}  // namespace
}  // namespace base
