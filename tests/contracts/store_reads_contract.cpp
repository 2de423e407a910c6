// Reads: scans, expiry, and the handles that verbs hold.
#include "ports/tenant_store.h"

#include "tests/contracts/store_contract.h"

namespace contracts {

using base::Kind;
using domain::JobId;
using domain::TenantId;
using ports::absent;
using ports::Change;
using ports::Range;
using ports::Table;
using std::string;
using Strings = std::vector<string>;

TEST_P(StoreContract, scans_one_partition_in_the_order_of_bytes) {
  ASSERT_TRUE(commits({put("p", "b", absent), put("p", "a", absent), put("p", "ä", absent),
                       put("p", "B", absent), put("p", "a/1", absent), put("p", "a-1", absent),
                       put("p0", "a", absent), put("o", "a", absent)}));
  EXPECT_EQ(sorts("p", {}), (Strings{"B", "a", "a-1", "a/1", "b", "ä"}));
  EXPECT_EQ(sorts("p", {"", "", Range::Order::descending}),
            (Strings{"ä", "b", "a/1", "a-1", "a", "B"}));
}

TEST_P(StoreContract, scan_includes_the_first_and_excludes_the_last) {
  ASSERT_TRUE(commits({put("p", "1", absent), put("p", "2", absent), put("p", "3", absent),
                       put("p", "4", absent)}));
  EXPECT_EQ(sorts("p", {"2", "4", Range::Order::ascending}), (Strings{"2", "3"}));
  EXPECT_EQ(sorts("p", {"2", "4", Range::Order::descending}), (Strings{"3", "2"}));
  EXPECT_EQ(sorts("p", {"3", "", Range::Order::ascending}), (Strings{"3", "4"}));
  EXPECT_EQ(sorts("p", {"", "2", Range::Order::descending}), (Strings{"1"}));
  EXPECT_EQ(sorts("p", {"4", "2", Range::Order::ascending}), Strings{});
}

TEST_P(StoreContract, scan_by_prefix) {
  ASSERT_TRUE(commits({put("p", "entry", absent), put("p", "entry/1", absent),
                       put("p", "entry/2", absent), put("p", "entry0", absent)}));
  EXPECT_EQ(sorts("p", ports::starting_with("entry/")), (Strings{"entry/1", "entry/2"}));
}

TEST_P(StoreContract, scan_stops_at_its_limit_and_goes_on_from_there) {
  std::vector<Change> changes;
  for (int i = 100; i < 150; ++i) changes.push_back(put("p", std::to_string(i), absent));
  ASSERT_TRUE(commits(changes));
  EXPECT_EQ(sorts("p", {}, 0), Strings{});
  EXPECT_EQ(sorts("p", {"", "", Range::Order::descending}, 2), (Strings{"149", "148"}));
  Strings all;
  Range range;
  for (Strings page = sorts("p", range, 7); !page.empty(); page = sorts("p", range, 7)) {
    EXPECT_LE(page.size(), 7U);
    all.insert(all.end(), page.begin(), page.end());
    range.first = page.back() + string(1, '\0');  // the next possible key
  }
  ASSERT_EQ(all.size(), 50U);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
}

TEST_P(StoreContract, scan_answers_whole_records) {
  ASSERT_TRUE(commits({put("p", "s", absent, "1")}));
  ASSERT_TRUE(commits({put("p", "s", 1, "2")}));
  auto records = store().scan(Table::operations, "p", {}, 10);
  ASSERT_TRUE(records);
  ASSERT_EQ(records->size(), 1U);
  EXPECT_EQ((*records)[0].key, (ports::Key{Table::operations, "p", "s"}));
  EXPECT_EQ((*records)[0].version, 2U);
  EXPECT_EQ((*records)[0].body, "2");
}

TEST_P(StoreContract, an_expired_record_is_absent) {
  using std::chrono::milliseconds;
  Change brief = put("p", "brief", absent, "1");
  brief.expires_at = clock().now() + milliseconds(1000);
  ASSERT_TRUE(commits({brief, put("p", "lasting", absent)}));
  clock().advance(milliseconds(999));
  EXPECT_EQ(version_at("p", "brief"), 1U);
  EXPECT_EQ(store().get(brief.key).value()->expires_at, brief.expires_at);
  EXPECT_TRUE(commits({check("p", "brief", 1), put("p", "before", absent)}));

  clock().advance(milliseconds(1));
  EXPECT_EQ(version_at("p", "brief"), absent);
  EXPECT_EQ(sorts("p", {}), (Strings{"before", "lasting"}));
  EXPECT_EQ(sorts("p", {}, 2), (Strings{"before", "lasting"}));
  EXPECT_TRUE(refuses({check("p", "brief", 1)}, Kind::conflict));
  EXPECT_TRUE(refuses({put("p", "brief", 1)}, Kind::conflict));
  EXPECT_TRUE(refuses({remove("p", "brief", 1)}, Kind::conflict));
  EXPECT_TRUE(commits({check("p", "brief", absent), put("p", "after", absent)}));
  EXPECT_TRUE(commits({put("p", "brief", absent, "2")}));
  EXPECT_EQ(version_at("p", "brief"), 1U);
  EXPECT_EQ(body_at("p", "brief"), "2");
}

TEST_P(StoreContract, a_put_sets_and_lifts_the_expiry) {
  using std::chrono::milliseconds;
  ASSERT_TRUE(commits({put("p", "s", absent)}));
  Change brief = put("p", "s", 1);
  brief.expires_at = clock().now() + milliseconds(10);
  ASSERT_TRUE(commits({brief}));
  ASSERT_TRUE(commits({put("p", "s", 2)}));
  clock().advance(milliseconds(20));
  EXPECT_EQ(version_at("p", "s"), 3U);
}

TEST_P(StoreContract, a_tenant_sees_its_own_records_only) {
  const ports::TenantStore jada(store(), TenantId("jada"));
  const ports::TenantStore skye(store(), TenantId("skye"));
  auto changes = jada.changes();
  changes.put({"charter/1", "charter"}, absent, R"({"boat":"JADA"})");
  ASSERT_TRUE(jada.commit(changes));
  auto own = jada.get({"charter/1", "charter"});
  ASSERT_TRUE(own && *own);
  EXPECT_EQ((*own)->body, R"({"boat":"JADA"})");
  EXPECT_EQ((*own)->sort, "charter");
  auto foreign = skye.get({"charter/1", "charter"});
  ASSERT_TRUE(foreign);
  EXPECT_FALSE(*foreign);
  auto scanned = skye.scan("charter/1", {}, 10);
  ASSERT_TRUE(scanned);
  EXPECT_TRUE(scanned->empty());
  EXPECT_EQ(version_at("jada/charter/1", "charter"), 1U);

  auto same_place = skye.changes();
  same_place.put({"charter/1", "charter"}, absent, "{}");
  EXPECT_TRUE(skye.commit(same_place));
}

TEST_P(StoreContract, money_is_out_of_reach_of_a_tenant_store) {
  const ports::OwnerInstallation installation(store());
  const auto owner = installation.owner(TenantId("jada"));
  auto changes = owner.changes();
  changes.put(ports::OwnerPlace{"charter/1", "settlement"}, absent, R"({"gross":"840.75"})");
  changes.put(ports::Place{"charter/1", "charter"}, absent, "{}");
  ASSERT_TRUE(owner.commit(changes));
  auto settlement = owner.get(ports::OwnerPlace{"charter/1", "settlement"});
  ASSERT_TRUE(settlement && *settlement);
  auto scanned = owner.scan_owner_only("charter/1", {}, 10);
  ASSERT_TRUE(scanned);
  EXPECT_EQ(scanned->size(), 1U);
  const auto crew = installation.operations(TenantId("jada"));
  auto seen = crew.scan("charter/1", {}, 10);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->size(), 1U);
  EXPECT_EQ((*seen)[0].sort, "charter");
}

TEST_P(StoreContract, hosts_and_tenants_of_the_installation) {
  const ports::OwnerInstallation installation(store());
  auto changes = installation.changes_for(TenantId("jada"));
  changes.put_tenant(absent);
  changes.put_host("crew.jada.example", domain::SiteKind::crew, absent);
  ASSERT_TRUE(installation.commit(changes));
  auto host = installation.host("crew.jada.example");
  ASSERT_TRUE(host && *host);
  EXPECT_EQ((*host)->site.tenant, TenantId("jada"));
  EXPECT_EQ((*host)->site.kind, domain::SiteKind::crew);
  EXPECT_FALSE(installation.host("other.example").value());
  EXPECT_EQ(installation.tenants().value(), std::vector{TenantId("jada")});
  EXPECT_EQ(installation.tenant_version(TenantId("jada")).value(), 1U);

  auto thief = installation.changes_for(TenantId("skye"));
  thief.put_tenant(absent);
  thief.put_host("crew.jada.example", domain::SiteKind::ops, absent);
  auto stolen = installation.commit(thief);
  ASSERT_FALSE(stolen);
  EXPECT_EQ(stolen.error().kind, Kind::conflict);
  EXPECT_EQ(installation.tenant_version(TenantId("skye")).value(), absent);
}

TEST_P(StoreContract, owed_purges_are_found_without_asking_each_tenant) {
  const ports::OwnerInstallation installation(store());
  EXPECT_TRUE(installation.purges_owed("", 10).value().empty());
  const std::vector<TenantId> all = {TenantId("ada"), TenantId("jada"), TenantId("tern")};
  for (const TenantId& tenant : all) {
    const auto owing = installation.operations(tenant);
    EXPECT_FALSE(owing.owed_purge().value());
    auto changes = owing.changes();
    changes.put_owed_purge(absent, R"({"paths":["/*"]})");
    ASSERT_TRUE(owing.commit(changes));
    ASSERT_TRUE(owing.owed_purge().value());
    EXPECT_EQ(owing.owed_purge().value()->body, R"({"paths":["/*"]})");
  }
  EXPECT_EQ(installation.purges_owed("", 10).value(), all);
  EXPECT_EQ(installation.purges_owed("b", 10).value(), (std::vector{all[1], all[2], all[0]}));
  EXPECT_EQ(installation.purges_owed("b", 2).value(), (std::vector{all[1], all[2]}));
  EXPECT_EQ(installation.purges_owed("z", 1).value(), std::vector{all[0]});

  const auto jada = installation.operations(all[1]);
  auto paid = jada.changes();
  paid.remove_owed_purge(2);
  EXPECT_EQ(jada.commit(paid).error().kind, Kind::conflict) << "something came to it meanwhile";
  auto once_more = jada.changes();
  once_more.remove_owed_purge(1);
  ASSERT_TRUE(jada.commit(once_more));
  EXPECT_EQ(installation.purges_owed("", 10).value(), (std::vector{all[0], all[2]}));
}

TEST_P(StoreContract, jobs_become_due_in_time) {
  using std::chrono::hours;
  const ports::OwnerInstallation installation(store());
  const auto now = clock().now();
  const auto jada = installation.operations(TenantId("jada"));
  EXPECT_FALSE(installation.next_due().value());
  auto changes = jada.changes();
  for (int i = 0; i < 20; ++i) changes.add_due(now, JobId("jada.1.mail." + std::to_string(i)));
  changes.add_due(now + hours(1), JobId("jada.1.reminder.1"));
  ASSERT_TRUE(jada.commit(changes));
  EXPECT_EQ(installation.due(now - hours(1), 100).value().size(), 0U);
  EXPECT_EQ(installation.due(now, 100).value().size(), 20U);
  EXPECT_EQ(installation.due(now + hours(1), 100).value().size(), 21U);
  EXPECT_EQ(installation.next_due().value(), std::chrono::floor<std::chrono::seconds>(now));

  auto done = jada.changes();
  for (int i = 0; i < 20; ++i) done.remove_due(now, JobId("jada.1.mail." + std::to_string(i)));
  ASSERT_TRUE(jada.commit(done));
  auto due = installation.due(now + hours(1), 100);
  ASSERT_TRUE(due);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ((*due)[0].job, JobId("jada.1.reminder.1"));
}

}  // namespace contracts
