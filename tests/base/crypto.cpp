#include "base/crypto.h"

#include <thread>

#include <gtest/gtest.h>

namespace base {
namespace {

using std::string_literals::operator""s;

std::string hex_of(const Digest& digest) {
  return hex(bytes_of(digest));
}

// FIPS 180-4, examples of NIST.
TEST(Crypto, sha256) {
  struct Case {
    std::string bytes;
    std::string_view digest;
  };
  const std::vector<Case> cases{
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const Case& one : cases) EXPECT_EQ(hex_of(sha256(one.bytes)), one.digest);
  EXPECT_EQ(hex_of(sha256({})), cases.front().digest);
}

// RFC 4231 §4; the last one is the well-known digest of nothing under nothing.
TEST(Crypto, hmac_sha256) {
  struct Case {
    std::string key;
    std::string message;
    std::string_view digest;
  };
  const std::vector<Case> cases{
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
      {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
  };
  // Twice over: nothing of one key may remain in the context for the next.
  for (int round = 0; round < 2; ++round)
    for (const Case& one : cases)
      EXPECT_EQ(hex_of(hmac_sha256(one.key, one.message)), one.digest) << one.message;
  EXPECT_EQ(hex_of(hmac_sha256({}, {})), cases.back().digest);
}

TEST(Crypto, hmac_in_many_threads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t] {
      const std::string key(10, static_cast<char>('a' + t));
      const Digest first = hmac_sha256(key, "message");
      for (int i = 0; i < 500; ++i) EXPECT_EQ(hmac_sha256(key, "message"), first);
    });
  for (std::thread& one : threads) one.join();
}

// RFC 4648 §10, our base32 in lower case without padding.
TEST(Crypto, encodings_of_rfc_4648) {
  struct Case {
    std::string bytes;
    std::string_view in_base64;
    std::string_view in_base32;
    std::string_view in_hex;
  };
  const std::vector<Case> cases{
      {"", "", "", ""},
      {"f", "Zg==", "my", "66"},
      {"fo", "Zm8=", "mzxq", "666f"},
      {"foo", "Zm9v", "mzxw6", "666f6f"},
      {"foob", "Zm9vYg==", "mzxw6yq", "666f6f62"},
      {"fooba", "Zm9vYmE=", "mzxw6ytb", "666f6f6261"},
      {"foobar", "Zm9vYmFy", "mzxw6ytboi", "666f6f626172"},
      {"\x00\xff\xfb\xef"s, "AP/77w==", "ad77x3y", "00fffbef"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(base64(one.bytes), one.in_base64);
    EXPECT_EQ(base32(one.bytes), one.in_base32);
    EXPECT_EQ(hex(one.bytes), one.in_hex);
    EXPECT_EQ(base64_decoded(one.in_base64), one.bytes);
    EXPECT_EQ(base32_decoded(one.in_base32), one.bytes);
  }
  EXPECT_EQ(base32_decoded("MZXW6YTBOI"), "foobar");
  EXPECT_EQ(base32_decoded("mZxW6yTbOi"), "foobar");
}

TEST(Crypto, every_byte_survives_encoding) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    EXPECT_EQ(base64_decoded(base64(bytes)), bytes);
    EXPECT_EQ(base32_decoded(base32(bytes)), bytes);
  }
}

TEST(Crypto, other_spellings_are_refused) {
  for (const std::string_view text : {"Zg=", "Zg", "Zg===", "Z===", "====", "Zh==", "Zm9=",
                                      "Zm9v\n", "Zm-_", "Zm9v=", "=Zm9", "Zg==Zg=="})
    EXPECT_FALSE(base64_decoded(text)) << text;
  for (const std::string_view text :
       {"m", "mzx", "mzxw6y", "mz", "my======", "m1", "m8", "m y", "my\n", "mzxr"})
    EXPECT_FALSE(base32_decoded(text)) << text;
}

TEST(Crypto, equality_looks_at_all_bytes) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_TRUE(equal_constant_time("a\0b"s, "a\0b"s));
  EXPECT_FALSE(equal_constant_time("a\0b"s, "a\0c"s));
  EXPECT_FALSE(equal_constant_time("a", "aa"));
  EXPECT_FALSE(equal_constant_time("", "a"));
}

TEST(Crypto, random_bytes_differ) {
  EXPECT_EQ(random_bytes(0), "");
  EXPECT_EQ(random_bytes(33).size(), 33u);
  EXPECT_NE(random_bytes(16), random_bytes(16));
}

// Test vectors of crypt_blowfish; $2a$ and $2b$ agree on them.
TEST(Crypto, bcrypt_agrees_with_published_hashes) {
  struct Case {
    std::string_view secret;
    std::string hash;
  };
  const std::vector<Case> cases{
      {"U*U", "$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
      {"U*U*", "$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"},
      {"U*U*U", "$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"},
      {"", "$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"},
  };
  for (const Case& one : cases)
    for (const std::string version : {"$2b", "$2a", "$2y"}) {
      EXPECT_TRUE(bcrypt_matches(one.secret, version + one.hash)) << one.secret;
      EXPECT_FALSE(bcrypt_matches("x", version + one.hash)) << one.secret;
    }
}

TEST(Crypto, bcrypt_hashes_and_checks) {
  const std::string salt = "0123456789abcdef";
  const auto hash = bcrypt_hashed("secret", salt, 4);
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$2b$04$"));
  EXPECT_EQ(hash->size(), 60u);
  EXPECT_EQ(*bcrypt_hashed("secret", salt, 4), *hash);
  EXPECT_NE(*bcrypt_hashed("secret", "another sixteen!", 4), *hash);
  EXPECT_TRUE(bcrypt_matches("secret", *hash));
  EXPECT_FALSE(bcrypt_matches("secreT", *hash));
  EXPECT_FALSE(bcrypt_matches("", *hash));
}

TEST(Crypto, bcrypt_refuses_what_it_would_cut) {
  const std::string salt(16, 's');
  const std::string longest(bcrypt_bytes_max, 'a');
  const auto hash = bcrypt_hashed(longest, salt, 4);
  ASSERT_TRUE(hash);
  EXPECT_TRUE(bcrypt_matches(longest, *hash));
  EXPECT_FALSE(bcrypt_matches(longest + "b", *hash));  // bcrypt alone would say yes
  EXPECT_FALSE(bcrypt_hashed(longest + "b", salt, 4));
  EXPECT_FALSE(bcrypt_hashed("a\0b"s, salt, 4));
  EXPECT_FALSE(bcrypt_matches("a\0b"s, *bcrypt_hashed("a", salt, 4)));
  EXPECT_FALSE(bcrypt_hashed("a", "short", 4));
  EXPECT_FALSE(bcrypt_hashed("a", salt, 3));
  EXPECT_FALSE(bcrypt_hashed("a", salt, 17));
}

// RFC 1321, A.5.
TEST(Crypto, md5_over_pieces) {
  Md5 whole;
  whole.update("message digest");
  EXPECT_EQ(hex(whole.finish()), "f96b697d7cb7938d525a2f31aaf161d0");
  Md5 pieces;
  for (const char c : std::string_view("message digest")) pieces.update({&c, 1});
  EXPECT_EQ(hex(pieces.finish()), "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(hex(Md5().finish()), "d41d8cd98f00b204e9800998ecf8427e");
}

TEST(Crypto, unreadable_hashes_match_nothing) {
  const std::string hash = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy";
  ASSERT_TRUE(bcrypt_matches("", hash));
  for (const std::string& broken :
       {""s, "*0"s, hash.substr(0, 59), hash + "x", "$2x" + hash.substr(3), "$1" + hash.substr(2),
        "$2b$31" + hash.substr(6), "$2b$ 5" + hash.substr(6), "$2b$05-" + hash.substr(7),
        hash.substr(0, 59) + "\0"s, "$2b$05$!!!!" + hash.substr(11)})
    EXPECT_FALSE(bcrypt_matches("", broken)) << broken;
}

}  // namespace
}  // namespace base
