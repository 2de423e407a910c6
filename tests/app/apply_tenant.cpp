// A tenant's file, applied as often as one likes.
#include "app/apply_tenant.h"

#include "app/tenant_record.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using Outcome = AppliedTenant::Outcome;

namespace {

class ApplyTenantTest : public VerbTest {
 protected:
  base::Result<AppliedTenant> apply(const TenantFile& file) {
    return apply_tenant(installation, world, file);
  }
  static TenantFile without_vessel(const std::string& id) {
    TenantFile file = tenant_file();
    std::erase_if(file.tenant.vessels, [&](const auto& vessel) { return vessel.id.text() == id; });
    return file;
  }
  static TenantFile without_member(const std::string& id) {
    TenantFile file = tenant_file();
    std::erase_if(file.tenant.members, [&](const auto& member) { return member.id.text() == id; });
    return file;
  }
  std::string tenant_at(const std::string& host) {
    const auto entry = installation.host(host).value();
    return entry ? entry->site.tenant.text() : "nobody";
  }
};

}  // namespace

TEST_F(ApplyTenantTest, a_new_tenant_gets_its_hosts_and_its_secrets_once) {
  const auto applied = apply(tenant_file("gull"));
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->outcome, Outcome::created);
  EXPECT_TRUE(applied->dashboard_token.starts_with("gull."));
  EXPECT_TRUE(applied->service_key.starts_with("gull."));
  for (const char* host : {"ops.gull.example", "crew.gull.example", "guest.gull.example"})
    EXPECT_EQ(tenant_at(host), "gull");
  EXPECT_EQ(installation.tenants().value().size(), 3U);
  const std::string secret = applied->dashboard_token.substr(applied->dashboard_token.rfind('.'));
  for (const std::string& line : dump()) EXPECT_EQ(line.find(secret.substr(1)), std::string::npos);
}

TEST_F(ApplyTenantTest, the_same_file_again_changes_nothing_and_tells_no_secret) {
  const Lines before = dump();
  const auto again = apply(tenant_file());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->outcome, Outcome::unchanged);
  EXPECT_EQ(again->dashboard_token + again->service_key, "");
  EXPECT_EQ(dump(), before);
}

TEST_F(ApplyTenantTest, a_changed_file_updates_and_keeps_the_secrets) {
  TenantFile file = tenant_file();
  file.rates.fees[0].percent = domain::Decimal::parse("8.875").value();
  const auto updated = apply(file);
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->outcome, Outcome::updated);
  EXPECT_EQ(updated->dashboard_token + updated->service_key, "");
  EXPECT_EQ(apply(file).value().outcome, Outcome::unchanged);
  file.tenant.name = "JADA Sailing";
  EXPECT_EQ(apply(file).value().outcome, Outcome::updated);
  EXPECT_EQ(load_tenant(operations()).value().value.name, "JADA Sailing");
}

TEST_F(ApplyTenantTest, a_host_of_another_tenant_is_refused) {
  struct Case {
    std::string field;
    std::string domain::Sites::* site;
  };
  for (const Case& one :
       {Case{"sites.ops", &domain::Sites::ops}, Case{"sites.crew", &domain::Sites::crew},
        Case{"sites.guest", &domain::Sites::guest}}) {
    TenantFile known = tenant_file();
    known.tenant.sites.*one.site = "guest.tern.example";
    EXPECT_TRUE(refuses([&] { return apply(known); }, Kind::conflict, one.field));
    TenantFile fresh = tenant_file("gull");
    fresh.tenant.sites.*one.site = "guest.tern.example";
    EXPECT_TRUE(refuses([&] { return apply(fresh); }, Kind::conflict, one.field));
  }
}

TEST_F(ApplyTenantTest, a_host_that_was_left_is_free_for_others) {
  TenantFile file = tenant_file();
  file.tenant.sites.guest = "queenofsandiego.example";
  ASSERT_TRUE(apply(file));
  EXPECT_EQ(tenant_at("queenofsandiego.example"), "jada");
  EXPECT_EQ(tenant_at("guest.jada.example"), "nobody");
  TenantFile other = tenant_file("tern");
  other.tenant.sites.guest = "guest.jada.example";
  ASSERT_TRUE(apply(other));
  EXPECT_EQ(tenant_at("guest.jada.example"), "tern");
}

TEST_F(ApplyTenantTest, hosts_may_change_places_within_a_tenant) {
  TenantFile file = tenant_file();
  std::swap(file.tenant.sites.crew, file.tenant.sites.guest);
  ASSERT_TRUE(apply(file));
  const auto entry = installation.host("crew.jada.example").value();
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->site.kind, domain::SiteKind::guest);
}

TEST_F(ApplyTenantTest, whoever_has_trips_ahead_cannot_be_dropped) {
  booked();
  EXPECT_TRUE(refuses([&] { return apply(without_vessel("jada")); }, Kind::conflict, "vessels"));
  EXPECT_TRUE(refuses([&] { return apply(without_member("cleo")); }, Kind::conflict, "crew"));
  EXPECT_TRUE(apply(without_vessel("skiff"))) << "it has no trips";
  EXPECT_TRUE(apply(without_member("dora"))) << "she has no trips";
}

TEST_F(ApplyTenantTest, trips_that_are_over_hold_nobody) {
  const domain::Charter trip = booked();
  clock.advance(trip.ends.utc - clock.now() - std::chrono::seconds(1));
  EXPECT_TRUE(refuses([&] { return apply(without_vessel("jada")); }, Kind::conflict, "vessels"));
  clock.advance(std::chrono::seconds(2));
  EXPECT_TRUE(apply(without_vessel("jada")));
}

}  // namespace app::testing
