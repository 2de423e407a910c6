// Holds and maintenance take a vessel's time, and only while it is free.
#include "app/add_block.h"

#include "app/calendar_record.h"
#include "app/remove_block.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class AddBlockTest : public VerbTest {
 protected:
  static BlockRequest block(const std::string& from, const std::string& until,
                            domain::BusyKind kind = domain::BusyKind::hold) {
    BlockRequest request;
    request.kind = kind;
    request.vessel = domain::VesselId("jada");
    request.title = "Youth sailing";
    request.starts_at = written(from);
    request.ends_at = written(until);
    request.actor = "dashboard key 3f2a";
    return request;
  }
  base::Result<BlockAnswer> add(const BlockRequest& request) {
    return add_block(owner(), world, request,
                     [](const domain::CalendarEntry& entry) { return entry.id; });
  }
};

}  // namespace

TEST_F(AddBlockTest, writes_the_block_its_entries_and_the_vessels_months) {
  const auto answer = add(block("2027-06-30T20:00", "2027-07-01T08:00"));
  ASSERT_TRUE(answer);
  const Lines expected = {
      "check jada/tenant tenant 1",     "put jada/block/{id} audit 0",
      "put jada/block/{id} block 0",    "put jada/calendar/2027-07 2027-07-01T03:00:00Z/{id} 0",
      "put jada/vessel/jada 2027-07 0", "put jada/vessel/jada latest 0",
  };
  EXPECT_EQ(written_at_once(answer->body), expected);
}

TEST_F(AddBlockTest, refuses_with_the_field_and_leaves_nothing) {
  ASSERT_TRUE(take(plain_request("2027-06-01T10:00")));
  struct Case {
    std::string field;
    Kind kind;
    BlockRequest request;
  };
  BlockRequest raft = block("2027-06-10T10:00", "2027-06-10T12:00");
  raft.vessel = domain::VesselId("raft");
  const std::vector<Case> cases = {
      {"vessel", Kind::invalid, raft},
      {"ends_at", Kind::invalid, block("2027-06-10T10:00", "2027-06-10T10:00")},
      {"ends_at", Kind::invalid, block("2027-06-10T10:00", "2027-06-09T10:00")},
      {"ends_at", Kind::invalid, block("2027-06-10T10:00", "2028-06-11T10:00")},
      {"starts_at", Kind::invalid, block("2028-03-12T02:30", "2028-03-12T06:00")},
      {"ends_at", Kind::invalid, block("2028-03-11T02:30", "2028-03-12T02:30")},
      {"starts_at", Kind::invalid, block("2027-06-10T10:00+05:00", "2027-06-10T12:00")},
      {"vessel", Kind::conflict, block("2027-06-01T11:00", "2027-06-01T15:00")},
      {"vessel", Kind::conflict, block("2027-06-01T12:30", "2027-06-01T15:00")},
  };
  for (const Case& one : cases)
    EXPECT_TRUE(refuses([&] { return add(one.request); }, one.kind, one.field)) << one.field;
}

TEST_F(AddBlockTest, an_amount_in_the_title_needs_the_owners_word_and_is_on_record) {
  BlockRequest request = block("2027-06-10T10:00", "2027-06-10T12:00");
  request.title = "Waiting for the $500 deposit";
  EXPECT_TRUE(refuses([&] { return add(request); }, Kind::invalid, "title"));
  request.amounts = domain::AmountsInNotes::allowed;
  const auto answer = add(request);
  ASSERT_TRUE(answer) << answer.error().message;
  const auto trail =
      value_of(operations().scan("block/" + answer->body, ports::starting_with("audit/"), 2));
  ASSERT_EQ(trail.size(), 1U);
  EXPECT_NE(trail[0].body.find("amounts_allowed"), std::string::npos);
}

TEST_F(AddBlockTest, a_year_is_one_block_and_one_commit) {
  const auto answer = add(block("2027-06-10T10:00", "2028-06-10T10:00"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(commits().size(), 1U);
  EXPECT_TRUE(
      refuses([&] { return take(plain_request("2028-02-01T10:00")); }, Kind::conflict, "vessel"));
}

TEST_F(AddBlockTest, maintenance_touches_trips_and_holds_keep_their_distance) {
  ASSERT_TRUE(take(plain_request("2027-06-01T10:00")));
  EXPECT_TRUE(add(block("2027-06-01T12:00", "2027-06-01T14:00", domain::BusyKind::maintenance)));
  EXPECT_TRUE(take(plain_request("2027-06-01T14:00")));
  EXPECT_TRUE(refuses(
      [&] {
        return add(block("2027-06-01T09:00", "2027-06-01T10:30", domain::BusyKind::maintenance));
      },
      Kind::conflict, "vessel"));
}

TEST_F(AddBlockTest, removed_it_leaves_the_time_free_and_nothing_behind) {
  ASSERT_TRUE(take(plain_request("2027-06-28T10:00")));
  const auto answer = add(block("2027-06-30T10:00", "2027-07-02T10:00"));
  ASSERT_TRUE(answer);
  ASSERT_TRUE(
      refuses([&] { return take(plain_request("2027-07-01T10:00")); }, Kind::conflict, "vessel"));
  ASSERT_TRUE(remove_block(owner(), world, answer->body, "dashboard key 3f2a"));
  EXPECT_TRUE(take(plain_request("2027-07-01T10:00")));
  EXPECT_FALSE(take(plain_request("2027-06-28T11:00"))) << "what else is in the month stays";
  const domain::Interval summer{base::parse_utc("2027-06-01T00:00:00Z").value(),
                                base::parse_utc("2027-09-01T00:00:00Z").value()};
  for (const auto& entry : value_of(entries_in(operations(), summer)))
    EXPECT_EQ(entry.kind, domain::BusyKind::charter);
}

}  // namespace app::testing
