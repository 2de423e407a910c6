// I-14: a redeploy erased tokens and a key hash was missing, which nobody saw before calls failed.
// Here applying a tenant again never touches its secrets, whatever else the file changes.
#include "app/prove_credential.h"

#include "tests/app/verb_fixture.h"

namespace incidents {

using app::testing::value_of;

class SecretsWipedByAnUpgrade : public app::testing::VerbTest {};

TEST_F(SecretsWipedByAnUpgrade, every_token_works_after_each_change_of_the_file) {
  std::vector<app::TenantFile> files(4, app::testing::tenant_file());
  files[1].tenant.name = "JADA Sailing";
  files[2].tenant.sites.ops = "office.jada.example";
  files[3].rates.fees.clear();
  for (const app::TenantFile& file : files) {
    const auto applied = value_of(apply_tenant(installation, world, file));
    EXPECT_EQ(applied.dashboard_token + applied.service_key, "");
    EXPECT_TRUE(prove_dashboard_token(operations(), world, tokens["jada"]));
    EXPECT_TRUE(prove_key(service_keys["jada"]));
  }
}

}  // namespace incidents
