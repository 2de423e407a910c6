// Holds and maintenance take a vessel's time, and only while it is free.
#include "app/add_block.h"

#include "tests/app/hold_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

using AddBlockTest = HoldTest;

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
      {"ends_at", Kind::invalid, block("2027-06-10T10:00", "2028-05-11T10:00")},
      {"ends_at", Kind::invalid,
       block("2027-06-10T10:00", "2028-06-11T10:00", domain::BusyKind::maintenance)},
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
  const auto answer =
      add(block("2027-06-10T10:00", "2028-06-10T10:00", domain::BusyKind::maintenance));
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
  for (const auto& entry : entries()) EXPECT_EQ(entry.kind, domain::BusyKind::charter);
}

TEST_F(AddBlockTest, a_hold_says_when_it_lapses_in_its_records_and_to_who_meets_it) {
  const std::string id = held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-09T18:00");
  const std::string lapse = "2027-06-09T18:00:00-07:00";
  ASSERT_EQ(entries().size(), 1U);
  EXPECT_EQ(base::format_offset_time(*entries().front().expires), lapse);
  EXPECT_EQ(base::format_utc(*block_of(id)->lapses_at()), "2027-06-10T01:00:00Z");
  const auto busy = take(plain_request("2027-06-10T11:00"));
  ASSERT_FALSE(busy);
  EXPECT_NE(busy.error().message.find("(Youth sailing), which lapses at " + lapse),
            std::string::npos)
      << busy.error().message;
  const auto trail = value_of(operations().scan("block/" + id, ports::starting_with("audit/"), 2));
  ASSERT_EQ(trail.size(), 1U);
  EXPECT_NE(trail[0].body.find("\"expires_at\":\"" + lapse), std::string::npos) << trail[0].body;
}

TEST_F(AddBlockTest, an_expiry_is_a_time_of_the_dock_between_now_and_the_end) {
  struct Case {
    const char* expires_at;
    std::string says;  // empty: it is taken
    domain::BusyKind kind = domain::BusyKind::hold;
  };
  // It is 22 May, 08:33:20 at the dock.
  const std::vector<Case> cases = {
      {"2027-05-22T08:33", "is over already"},
      {"2027-05-21T10:00", "is over already"},
      {"2028-11-07T12:01", "must not be after ends_at"},
      {"2028-03-12T02:30", "the next valid time is 03:00"},
      {"2027-11-07T01:30", "offset"},  // twice that night
      {"2027-05-30T10:00+02:00", "offset"},
      {"2027-05-30T10:00", "only a hold expires", domain::BusyKind::maintenance},
      {"2027-11-07T01:30-08:00", ""},
      {"2027-05-22T08:34", ""},
      {"2028-11-07T12:00", ""},
  };
  for (const Case& one : cases) {
    BlockRequest request = block("2028-11-07T10:00", "2028-11-07T12:00", one.kind);
    request.expires_at = written(one.expires_at);
    if (one.says.empty()) {
      const auto answer = add(request);
      ASSERT_TRUE(answer) << one.expires_at << ": " << answer.error().message;
      EXPECT_TRUE(remove_block(owner(), world, answer->body, "dashboard key 3f2a"));
      continue;
    }
    EXPECT_TRUE(refuses([&] { return add(request); }, Kind::invalid, "expires_at"))
        << one.expires_at;
    EXPECT_NE(add(request).error().message.find(one.says), std::string::npos)
        << add(request).error().message;
  }
}

TEST_F(AddBlockTest, a_call_sent_again_after_its_hold_lapsed_gets_its_first_answer) {
  BlockRequest request = block("2027-06-10T10:00", "2027-06-10T12:00");
  request.expires_at = written("2027-05-23T10:00");
  request.call = CallKey{"POST /calendar", "3f2a", "once", "digest"};
  const auto first = add(request);
  ASSERT_TRUE(first) << first.error().message;
  at_dock("2027-05-23T11:00");
  const auto again = add(request);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->source, BlockAnswer::Source::repeated);
  EXPECT_EQ(again->body, first->body);
}

}  // namespace app::testing
