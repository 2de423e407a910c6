// The cache of records: never older than what was answered, never larger than it may be.
#include "adapters/sqlite_cache.h"

#include <gtest/gtest.h>

namespace adapters::testing {

using ports::Change;
using ports::Key;
using ports::Record;
using ports::Table;
using std::chrono::seconds;

namespace {

const base::Instant now{seconds(1'800'000'000)};

Key key(const std::string& sort, Table table = Table::operations) {
  return {table, "jada/charter/a", sort};
}
Record record(const std::string& sort, ports::Version version, const std::string& body) {
  return {key(sort), version, body, {}};
}
Change put(const std::string& sort, ports::Version expected, const std::string& body) {
  return {Change::Kind::put, key(sort), expected, body, {}};
}

class SqliteCacheTest : public ::testing::Test {
 protected:
  std::string body(const std::string& sort, base::Instant at = now) {
    const auto found = cache.find(key(sort), at);
    return found ? found->body : "unknown";
  }
  SqliteCache cache{4096};
};

}  // namespace

TEST_F(SqliteCacheTest, knows_what_was_kept_and_nothing_else) {
  EXPECT_EQ(body("a"), "unknown");
  cache.keep(record("a", 7, "{}"), cache.generation());
  const auto found = cache.find(key("a"), now);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->version, 7U);
  EXPECT_EQ(found->body, "{}");
  EXPECT_FALSE(cache.find(key("a", Table::owner_only), now)) << "the tables are two";
  EXPECT_EQ(body("b"), "unknown");
}

TEST_F(SqliteCacheTest, a_commit_is_known_at_once) {
  cache.apply({put("a", ports::absent, "one")});
  EXPECT_EQ(cache.find(key("a"), now)->version, 1U);
  cache.apply({put("a", 1, "two"), put("b", ports::absent, "three")});
  EXPECT_EQ(cache.find(key("a"), now)->version, 2U);
  EXPECT_EQ(body("a"), "two");
  cache.apply(
      {{Change::Kind::remove, key("a"), 2, {}, {}}, {Change::Kind::check, key("b"), 1, {}, {}}});
  EXPECT_EQ(body("a"), "unknown");
  EXPECT_EQ(body("b"), "three");
}

TEST_F(SqliteCacheTest, what_was_read_before_a_commit_is_not_kept_after_it) {
  const auto generation = cache.generation();
  cache.apply({put("a", 1, "new")});
  cache.keep(record("a", 1, "old"), generation);
  EXPECT_EQ(body("a"), "new");
  const auto before_removal = cache.generation();
  cache.apply({{Change::Kind::remove, key("a"), 2, {}, {}}});
  cache.keep(record("a", 2, "new"), before_removal);
  EXPECT_EQ(body("a"), "unknown");
}

TEST_F(SqliteCacheTest, an_expired_record_is_no_longer_known) {
  Change change = put("a", ports::absent, "short-lived");
  change.expires_at = now + seconds(1);
  cache.apply({change});
  EXPECT_EQ(body("a"), "short-lived");
  EXPECT_EQ(body("a", now + seconds(1)), "unknown");
}

TEST_F(SqliteCacheTest, the_longest_unused_makes_room) {
  const std::string kilobyte(1000, 'x');
  for (const std::string sort : {"a", "b", "c"})
    cache.keep(record(sort, 1, kilobyte), cache.generation());
  EXPECT_EQ(body("a"), kilobyte);
  cache.keep(record("d", 1, kilobyte), cache.generation());
  EXPECT_EQ(body("b"), "unknown");
  for (const std::string sort : {"a", "c", "d"}) EXPECT_EQ(body(sort), kilobyte) << sort;
}

TEST_F(SqliteCacheTest, what_is_larger_than_all_its_room_is_not_kept_and_nothing_goes_for_it) {
  cache.apply({put("a", ports::absent, "small")});
  cache.apply({put("b", ports::absent, std::string(5000, 'x'))});
  EXPECT_EQ(body("a"), "small");
  EXPECT_EQ(body("b"), "unknown");
  cache.apply({put("a", 1, std::string(5000, 'x'))});
  EXPECT_EQ(body("a"), "unknown") << "the small one is of another version";
}

}  // namespace adapters::testing
