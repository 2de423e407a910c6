// Tokens: who can make one, and what each is good for.
#include "domain/pass.h"

#include <set>

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace domain {
namespace {

const ServerKey key(32, 'k');
const TenantId tenant("jada");
const PassId pass("abcdefgh234567aa");

std::string magic_link() {
  return token_for(key, tenant, pass, TokenUse::magic_link);
}

std::optional<PassId> proven(std::string_view token) {
  return proven_pass(key, tenant, token, TokenUse::magic_link);
}

std::string raised(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

TEST(Pass, a_token_proves_its_pass_and_is_the_same_every_time) {
  EXPECT_EQ(magic_link().size(), token_length);
  EXPECT_EQ(magic_link().substr(0, pass_id_length), pass.text());
  EXPECT_EQ(magic_link(), magic_link());
  EXPECT_EQ(proven(magic_link()), pass);
  EXPECT_EQ(proven(raised(magic_link())), pass) << "mail programs change the case of links";
}

// The form in words, so that links sent before an update stay good after it.
TEST(Pass, the_derivation_is_fixed) {
  const std::string message = std::string("magic-link") + '\0' + "jada" + '\0' + "abcdefgh234567aa";
  EXPECT_EQ(magic_link(),
            "abcdefgh234567aa" + base::base32(base::bytes_of(base::hmac_sha256(key, message))));
}

TEST(Pass, every_single_change_is_noticed) {
  const std::string good = magic_link();
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string changed = good;
    changed[at] = good[at] == 'a' ? 'b' : 'a';
    EXPECT_EQ(proven(changed), std::nullopt) << at;
  }
  for (const std::string& odd :
       {std::string(), good.substr(1), good.substr(0, good.size() - 1), good + "a", " " + good,
        std::string(token_length, 'a'), std::string(token_length, '\0'), good.substr(16) + good})
    EXPECT_EQ(proven(odd), std::nullopt) << odd;
}

TEST(Pass, nothing_else_proves_it) {
  const std::string token = magic_link();
  EXPECT_EQ(proven_pass(ServerKey(32, 'x'), tenant, token, TokenUse::magic_link), std::nullopt);
  EXPECT_EQ(proven_pass(key, TenantId("mira"), token, TokenUse::magic_link), std::nullopt);
  EXPECT_EQ(proven_pass(key, tenant, token, TokenUse::crew_cookie), std::nullopt)
      << "a link that leaked is no cookie";
  EXPECT_EQ(proven(token_for(key, tenant, pass, TokenUse::crew_cookie)), std::nullopt);
}

TEST(Pass, keys_of_all_kinds_differ) {
  const std::set<std::string> keys = {
      guest_key_for(key, CharterId("jada.7k3m2q"), 0),
      guest_key_for(key, CharterId("jada.7k3m2q"), 1),
      guest_key_for(key, CharterId("jada.7k3m2q"), 2),
      guest_key_for(key, CharterId("jada.7k3m2r"), 0),
      guest_key_for(key, CharterId("mira.7k3m2q"), 0),
      guest_key_for(ServerKey(32, 'x'), CharterId("jada.7k3m2q"), 0),
      feed_key_for(key, tenant),
      feed_key_for(key, TenantId("mira")),
      magic_link().substr(pass_id_length),
      token_for(key, tenant, pass, TokenUse::crew_cookie).substr(pass_id_length),
  };
  EXPECT_EQ(keys.size(), 10U);
  for (const std::string& one : keys) EXPECT_EQ(one.size(), token_length - pass_id_length);
  EXPECT_EQ(guest_key_for(key, CharterId("jada.7k3m2q"), 0),
            guest_key_for(key, CharterId("jada.7k3m2q"), 0));
}

// "ab" + "c" must not be "a" + "bc".
TEST(Pass, fields_do_not_run_together) {
  const std::string one = token_for(key, TenantId("jada"), PassId("2"), TokenUse::magic_link);
  const std::string other = token_for(key, TenantId("jada2"), PassId(""), TokenUse::magic_link);
  EXPECT_NE(one.substr(1), other);
}

}  // namespace
}  // namespace domain
