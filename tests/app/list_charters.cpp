// Which charters a span of days shows, and on which page.
#include "app/list_charters.h"

#include "app/add_block.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

class ListChartersTest : public VerbTest {
 protected:
  static CharterQuery days(const std::string& from, const std::string& until) {
    CharterQuery query;
    query.time = {base::parse_utc(from + "T07:00:00Z").value(),
                  base::parse_utc(until + "T07:00:00Z").value()};
    return query;
  }
  std::string slugs(const CharterQuery& query) {
    std::string all;
    const CharterList list = value_of(list_charters(operations(), query));
    for (const auto& charter : list.charters) all += charter.slug.text() + " ";
    return all;
  }
};

}  // namespace

TEST_F(ListChartersTest, filters_by_time_vessel_and_status) {
  ASSERT_TRUE(take(plain_request("2027-06-30T23:00")));  // until 1:00 on the first
  ASSERT_TRUE(take(plain_request("2027-07-04T10:00")));
  ASSERT_TRUE(take(plain_request("2027-07-03T10:00", "skiff")));
  BlockRequest hold;
  hold.vessel = domain::VesselId("jada");
  hold.title = "Youth sailing";
  hold.starts_at = written("2027-07-05T10:00");
  hold.ends_at = written("2027-07-05T12:00");
  ASSERT_TRUE(add_block(owner(), world, hold, [](const auto&) { return ""; }));

  EXPECT_EQ(slugs(days("2027-07-01", "2027-08-01")), "direct-jun-30 direct-jul-3 direct-jul-4 ");
  EXPECT_EQ(slugs(days("2027-07-02", "2027-08-01")), "direct-jul-3 direct-jul-4 ");
  EXPECT_EQ(slugs(days("2027-06-30", "2027-07-01")), "direct-jun-30 ");
  EXPECT_EQ(slugs(days("2027-06-01", "2027-06-30")), "");
  CharterQuery query = days("2027-06-01", "2027-08-01");
  query.vessel = domain::VesselId("skiff");
  EXPECT_EQ(slugs(query), "direct-jul-3 ");
  query.vessel = domain::VesselId("raft");
  EXPECT_EQ(slugs(query), "");
  query = days("2027-06-01", "2027-08-01");
  query.status = "confirmed";
  EXPECT_EQ(slugs(query), "direct-jun-30 direct-jul-3 direct-jul-4 ");
  query.status = "cancelled";
  EXPECT_EQ(slugs(query), "");
  EXPECT_TRUE(
      list_charters(operations("tern"), days("2027-06-01", "2027-08-01")).value().charters.empty());
}

TEST_F(ListChartersTest, pages_hold_fifty_each_and_none_is_lost) {
  for (unsigned day = 1; day <= 52; ++day) {
    const auto date = base::date_of(written("2027-06-01T00:00").wall + std::chrono::days(day));
    ASSERT_TRUE(take(plain_request(base::format_wall(base::WallTime(
        std::chrono::local_days(date).time_since_epoch() + std::chrono::hours(10))))));
  }
  std::set<domain::CharterId> seen;
  CharterQuery query = days("2027-06-01", "2027-09-01");
  const std::vector<std::pair<std::size_t, std::size_t>> pages = {{1, 50}, {2, 2}, {3, 0}};
  for (const auto& [page, count] : pages) {
    query.page = page;
    const auto list = list_charters(operations(), query).value();
    EXPECT_EQ(list.pages, 2U);
    EXPECT_EQ(list.page, page);
    EXPECT_EQ(list.charters.size(), count);
    for (const auto& charter : list.charters) seen.insert(charter.id);
  }
  EXPECT_EQ(seen.size(), 52U);
}

TEST_F(ListChartersTest, nothing_is_one_empty_page) {
  const auto list = list_charters(operations(), days("2027-06-01", "2027-09-01")).value();
  EXPECT_EQ(list.pages, 1U);
  EXPECT_TRUE(list.charters.empty());
}

}  // namespace app::testing
