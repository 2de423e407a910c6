// Whether a link or cookie is good now; every reason against it sounds the same.
#include "app/prove_pass.h"

#include "app/pass_record.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using domain::TokenUse;

namespace {

class ProvePassTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    ASSERT_TRUE(call_crew(operations(), world, {operations().tenant(), trip.id, 1}));
    pass = find_called(operations(), trip.id, domain::MemberId("ana")).value().value();
    link = token(TokenUse::magic_link);
  }
  std::string token(TokenUse use) {
    return domain::token_for(world.server_key, domain::TenantId("jada"), pass, use);
  }
  // The member, or the words of the refusal.
  std::string proved(const std::string& token, TokenUse use = TokenUse::magic_link,
                     const std::string& tenant = "jada") {
    const auto mate = prove_pass(operations(tenant), world, token, use);
    if (mate) return mate->member.text();
    EXPECT_EQ(mate.error().kind, base::Kind::unauthenticated);
    EXPECT_EQ(mate.error().code, "wrong-credential");
    return mate.error().message;
  }
  const std::string refused = "This link is no longer valid";
  domain::Charter trip;
  domain::PassId pass;
  std::string link;
};

}  // namespace

TEST_F(ProvePassTest, a_good_link_and_a_good_cookie_say_who_and_which_trip) {
  EXPECT_EQ(proved(link), "ana");
  EXPECT_EQ(proved(token(TokenUse::crew_cookie), TokenUse::crew_cookie), "ana");
  std::string shouted = link;
  for (char& c : shouted)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  EXPECT_EQ(proved(shouted), "ana") << "mail scanners change the case of links";
}

TEST_F(ProvePassTest, forged_foreign_and_misused_tokens_are_refused_alike) {
  std::string forged = link;
  forged.back() = forged.back() == 'a' ? 'b' : 'a';
  std::string other_pass = link;
  other_pass.front() = other_pass.front() == 'a' ? 'b' : 'a';
  for (const std::string& bad :
       {forged, other_pass, std::string(), link + "a", link.substr(1), std::string(68, 'a'),
        pass.text(), std::string(68, '\0'), "tern." + link})
    EXPECT_EQ(proved(bad), refused) << bad;
  EXPECT_EQ(proved(link, TokenUse::crew_cookie), refused);
  EXPECT_EQ(proved(token(TokenUse::crew_cookie)), refused);
  EXPECT_EQ(proved(link, TokenUse::magic_link, "tern"), refused);
}

TEST_F(ProvePassTest, a_stolen_database_forges_none) {
  const std::string guessed = domain::token_for(
      domain::ServerKey(32, 'x'), domain::TenantId("jada"), pass, TokenUse::magic_link);
  EXPECT_EQ(proved(guessed), refused);
  for (const std::string& line : dump())
    EXPECT_EQ(line.find(link.substr(domain::pass_id_length)), std::string::npos);
}

TEST_F(ProvePassTest, it_lives_until_two_days_after_the_end) {
  const auto end = trip.ends.utc + domain::pass_lives_after_end;
  clock.advance(end - clock.now() - std::chrono::milliseconds(1));
  EXPECT_EQ(proved(link), "ana");
  clock.advance(std::chrono::milliseconds(1));
  EXPECT_EQ(proved(link), refused);
}

TEST_F(ProvePassTest, a_revoked_pass_is_no_pass) {
  const auto loaded = load_pass(operations(), pass).value();
  domain::Pass revoked = loaded->value;
  revoked.revoked = true;
  auto changes = operations().changes();
  changes.put(pass_place(pass), loaded->version, encoded(revoked));
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_EQ(proved(link), refused);
}

TEST_F(ProvePassTest, who_left_the_crew_has_no_pass) {
  renew(trip.id, [](domain::Charter& charter) { charter.crew.erase(charter.crew.begin()); });
  EXPECT_EQ(proved(link), refused);
}

}  // namespace app::testing
