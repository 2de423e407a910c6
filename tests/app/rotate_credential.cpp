// A new token beside the last one; older ones end at once.
#include "app/rotate_credential.h"

#include "app/prove_credential.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

class RotateCredentialTest : public VerbTest {
 protected:
  std::string rotated(CredentialKind kind = CredentialKind::dashboard_token) {
    auto token = rotate_credential(owner(), world, kind);
    EXPECT_TRUE(token);
    return token ? *token : "";
  }
  bool works(const std::string& token) {
    return bool(prove_dashboard_token(operations(), world, token));
  }
};

}  // namespace

TEST_F(RotateCredentialTest, two_live_at_a_time) {
  // The second row: all within one second, when records cannot tell the times apart.
  for (const auto pause : {std::chrono::seconds(60), std::chrono::seconds(0)}) {
    std::string before = rotated();
    clock.advance(pause);
    std::string last = rotated();
    for (int i = 0; i < 6; ++i) {
      clock.advance(pause);
      const std::string fresh = rotated();
      EXPECT_TRUE(works(fresh));
      EXPECT_TRUE(works(last)) << i;
      EXPECT_FALSE(works(before)) << i;
      before = std::exchange(last, fresh);
    }
  }
  EXPECT_FALSE(works(tokens["jada"]));
}

TEST_F(RotateCredentialTest, the_first_rotation_keeps_the_first_token) {
  const std::string fresh = rotated();
  EXPECT_TRUE(works(fresh));
  EXPECT_TRUE(works(tokens["jada"]));
}

TEST_F(RotateCredentialTest, the_other_kind_and_other_tenants_keep_theirs) {
  for (int i = 0; i < 3; ++i) rotated();
  EXPECT_TRUE(prove_key(service_keys["jada"]));
  EXPECT_TRUE(prove_dashboard_token(operations("tern"), world, tokens["tern"]));
  const std::string key = rotated(CredentialKind::service_key);
  EXPECT_TRUE(prove_key(key));
}

TEST_F(RotateCredentialTest, a_tenant_that_is_not_there_is_not_found) {
  EXPECT_TRUE(
      refuses([&] { return rotate_credential(owner("gull"), world, CredentialKind::service_key); },
              base::Kind::not_found));
}

}  // namespace app::testing
