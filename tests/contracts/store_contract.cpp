// Commits: versions, expectations, all or nothing, limits, many threads.
#include "tests/contracts/store_contract.h"

#include <atomic>
#include <thread>

namespace contracts {

using base::Kind;
using ports::absent;
using ports::Change;
using ports::Table;
using std::string;

// Instantiated beside each adapter.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreContract);

TEST_P(StoreContract, keeps_what_was_put) {
  ASSERT_TRUE(commits({put("charter/jada.1", "charter", absent, R"({"title":"Früh, 早"})")}));
  auto record = store().get({Table::operations, "charter/jada.1", "charter"});
  ASSERT_TRUE(record && *record);
  EXPECT_EQ((*record)->key, (ports::Key{Table::operations, "charter/jada.1", "charter"}));
  EXPECT_EQ((*record)->version, 1U);
  EXPECT_EQ((*record)->body, R"({"title":"Früh, 早"})");
  EXPECT_FALSE((*record)->expires_at);
}

TEST_P(StoreContract, what_was_never_put_is_absent) {
  auto record = store().get({Table::operations, "p", "s"});
  ASSERT_TRUE(record);
  EXPECT_FALSE(*record);
  EXPECT_TRUE(sorts("p", {}).empty());
}

TEST_P(StoreContract, each_put_counts_the_version_up) {
  ASSERT_TRUE(commits({put("p", "s", absent, "1")}));
  ASSERT_TRUE(commits({put("p", "s", 1, "2")}));
  ASSERT_TRUE(commits({put("p", "s", 2, "3")}));
  EXPECT_EQ(version_at("p", "s"), 3U);
  EXPECT_EQ(body_at("p", "s"), "3");
}

TEST_P(StoreContract, put_refuses_another_version_than_expected) {
  EXPECT_TRUE(refuses({put("p", "s", 1)}, Kind::conflict));
  ASSERT_TRUE(commits({put("p", "s", absent, "1")}));
  EXPECT_TRUE(refuses({put("p", "s", absent, "2")}, Kind::conflict));
  EXPECT_TRUE(refuses({put("p", "s", 2, "2")}, Kind::conflict));
  EXPECT_EQ(body_at("p", "s"), "1");
  EXPECT_EQ(version_at("p", "s"), 1U);
}

TEST_P(StoreContract, remove_wants_its_version) {
  ASSERT_TRUE(commits({put("p", "s", absent)}));
  EXPECT_TRUE(refuses({remove("p", "s", 2)}, Kind::conflict));
  EXPECT_TRUE(refuses({remove("p", "s", absent)}, Kind::conflict));
  EXPECT_TRUE(commits({remove("p", "s", 1)}));
  EXPECT_EQ(version_at("p", "s"), absent);
  EXPECT_TRUE(refuses({remove("p", "s", 1)}, Kind::conflict));
  EXPECT_TRUE(commits({remove("p", "s", absent)}));
}

TEST_P(StoreContract, a_removed_record_begins_anew) {
  ASSERT_TRUE(commits({put("p", "s", absent, "old")}));
  ASSERT_TRUE(commits({put("p", "s", 1, "old")}));
  ASSERT_TRUE(commits({remove("p", "s", 2)}));
  ASSERT_TRUE(commits({put("p", "s", absent, "new")}));
  EXPECT_EQ(version_at("p", "s"), 1U);
  EXPECT_EQ(body_at("p", "s"), "new");
}

TEST_P(StoreContract, check_holds_the_whole_commit) {
  ASSERT_TRUE(commits({put("p", "seen", absent)}));
  EXPECT_TRUE(commits({check("p", "seen", 1), put("p", "a", absent)}));
  EXPECT_TRUE(commits({check("p", "unseen", absent), put("p", "b", absent)}));
  EXPECT_TRUE(refuses({check("p", "seen", absent), put("p", "c", absent)}, Kind::conflict));
  EXPECT_TRUE(refuses({check("p", "seen", 2), put("p", "c", absent)}, Kind::conflict));
  EXPECT_TRUE(refuses({check("p", "unseen", 1), put("p", "c", absent)}, Kind::conflict));
  EXPECT_EQ(version_at("p", "c"), absent);
  EXPECT_EQ(version_at("p", "seen"), 1U);
}

TEST_P(StoreContract, a_refused_commit_changes_nothing) {
  ASSERT_TRUE(commits({put("p", "kept", absent, "1"), put("p", "removed", absent, "1")}));
  EXPECT_TRUE(refuses({put("p", "kept", 1, "2"), remove("p", "removed", 1),
                       put("q", "new", absent, "1"), check("p", "other", 7)},
                      Kind::conflict));
  EXPECT_EQ(body_at("p", "kept"), "1");
  EXPECT_EQ(version_at("p", "removed"), 1U);
  EXPECT_EQ(version_at("q", "new"), absent);
}

TEST_P(StoreContract, the_two_tables_are_apart) {
  Change owner = put("p", "s", absent, R"("owner")");
  owner.key.table = Table::owner_only;
  ASSERT_TRUE(commits({put("p", "s", absent, R"("crew")"), owner}));
  EXPECT_EQ(body_at("p", "s"), R"("crew")");
  auto record = store().get({Table::owner_only, "p", "s"});
  ASSERT_TRUE(record && *record);
  EXPECT_EQ((*record)->body, R"("owner")");
  EXPECT_EQ((*record)->key.table, Table::owner_only);
  ASSERT_TRUE(commits({remove("p", "s", 1)}));
  auto records = store().scan(Table::owner_only, "p", {}, 10);
  ASSERT_TRUE(records);
  EXPECT_EQ(records->size(), 1U);
}

TEST_P(StoreContract, refuses_an_empty_commit_and_a_key_twice) {
  EXPECT_TRUE(refuses({}, Kind::internal));
  EXPECT_TRUE(refuses({put("p", "s", absent), check("p", "s", absent)}, Kind::internal));
  EXPECT_EQ(version_at("p", "s"), absent);
}

TEST_P(StoreContract, refuses_keys_that_are_empty_or_too_long) {
  EXPECT_TRUE(refuses({put("", "s", absent)}, Kind::internal));
  EXPECT_TRUE(refuses({put("p", "", absent)}, Kind::internal));
  EXPECT_TRUE(
      refuses({put(string(ports::partition_bytes_max + 1, 'p'), "s", absent)}, Kind::internal));
  EXPECT_TRUE(refuses({put("p", string(ports::sort_bytes_max + 1, 's'), absent)}, Kind::internal));
  const string partition(ports::partition_bytes_max, 'p');
  const string sort(ports::sort_bytes_max, 's');
  EXPECT_TRUE(commits({put(partition, sort, absent)}));
  EXPECT_EQ(version_at(partition, sort), 1U);
}

TEST_P(StoreContract, refuses_a_record_over_its_limit) {
  const string body(ports::record_bytes_max - 2, 'x');
  EXPECT_TRUE(refuses({put("p", "s", absent, body + "x")}, Kind::internal));
  EXPECT_TRUE(commits({put("p", "s", absent, body)}));
  EXPECT_EQ(body_at("p", "s"), body);
}

TEST_P(StoreContract, refuses_a_commit_over_four_megabytes) {
  std::vector<Change> changes;
  for (int i = 0; i < 11; ++i)
    changes.push_back(put("p", std::to_string(i), absent, string(390'000, 'x')));
  EXPECT_TRUE(refuses(changes, Kind::internal));
  changes.pop_back();
  EXPECT_TRUE(commits(changes));
}

TEST_P(StoreContract, takes_the_largest_legal_booking_and_no_larger) {
  std::vector<Change> changes;
  for (std::size_t i = 0; i < ports::changes_per_commit_max; ++i) {
    changes.push_back(put("p" + std::to_string(i % 7), std::to_string(i), absent, "1"));
    if (i % 5 == 0) changes.back().key.table = Table::owner_only;
  }
  EXPECT_TRUE(commits(changes));
  for (const Change& change : changes) {
    auto record = store().get(change.key);
    ASSERT_TRUE(record && *record);
  }
  for (Change& change : changes) change.expected = 1;
  changes.push_back(put("p", "one-more", absent));
  EXPECT_TRUE(refuses(changes, Kind::internal));
}

TEST_P(StoreContract, sixteen_threads_lose_no_increment) {
  constexpr int threads = 16;
  constexpr int increments_each = 10;
  std::atomic<int> failures = 0;
  auto count_up = [&] {
    for (int done = 0; done < increments_each;) {
      auto record = store().get({Table::operations, "p", "counter"});
      if (!record) return void(++failures);
      const auto version = *record ? (*record)->version : absent;
      const int value = *record ? std::stoi((*record)->body) : 0;
      auto committed = store().commit({put("p", "counter", version, std::to_string(value + 1))});
      if (committed)
        ++done;
      else if (committed.error().kind != Kind::conflict)
        return void(++failures);
    }
  };
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back(count_up);
  for (auto& thread : running) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(body_at("p", "counter"), std::to_string(threads * increments_each));
  EXPECT_EQ(version_at("p", "counter"), static_cast<unsigned>(threads * increments_each));
}

TEST_P(StoreContract, of_many_claims_on_one_key_one_wins) {
  std::atomic<int> won = 0;
  std::atomic<int> lost = 0;
  std::vector<std::thread> running;
  for (int i = 0; i < 16; ++i)
    running.emplace_back([&, i] {
      auto claimed = store().commit({put("vessel/jada", "2027-05", absent, std::to_string(i)),
                                     put("charter/" + std::to_string(i), "charter", absent)});
      if (claimed)
        ++won;
      else if (claimed.error().kind == Kind::conflict)
        ++lost;
    });
  for (auto& thread : running) thread.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 15);
  int charters = 0;
  for (int i = 0; i < 16; ++i)
    if (version_at("charter/" + std::to_string(i), "charter") != absent) ++charters;
  EXPECT_EQ(charters, 1);
}

TEST_P(StoreContract, a_thread_reads_what_it_committed) {
  std::atomic<int> stale = 0;
  std::vector<std::thread> running;
  for (int i = 0; i < 4; ++i)
    running.emplace_back([&, i] {
      const string partition = "p" + std::to_string(i);
      for (ports::Version version = absent; version < 25; ++version) {
        if (!store().commit({put(partition, "s", version)})) ++stale;
        if (version_at(partition, "s") != version + 1) ++stale;
      }
    });
  for (auto& thread : running) thread.join();
  EXPECT_EQ(stale, 0);
}

}  // namespace contracts
