// Checklist items, done and undone.
#include "app/tick_item.h"

#include <thread>

#include "app/crew_record.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class TickItemTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    forget_commits();
  }
  base::Result<void> tick(const std::string& item, Done done = Done::yes,
                          const std::string& member = "ana") {
    return tick_item(operations(), world, {{}, trip.id, domain::MemberId(member)}, item, done);
  }
  std::string ticks() {
    std::string all;
    for (const auto& [item, tick] : value_of(ticks_of(operations(), trip.id)))
      all += item + (tick.done ? " done by " : " undone by ") + tick.by.text() + "; ";
    return all;
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(TickItemTest, is_a_record_of_its_own_and_the_charter_stands_still) {
  ASSERT_TRUE(tick("d2"));
  EXPECT_EQ(written_at_once(trip.id.text()),
            (Lines{"check jada/charter/{id} charter 1", "put jada/charter/{id} audit 0",
                   "put jada/charter/{id} tick/d2 0"}));
  EXPECT_EQ(charter(trip.id.text()).revision, 1U);
}

TEST_F(TickItemTest, says_who_did_it_and_can_be_taken_back) {
  ASSERT_TRUE(tick("d1"));
  ASSERT_TRUE(tick("r1", Done::yes, "ben"));
  ASSERT_TRUE(tick("d1", Done::no, "cleo"));
  EXPECT_EQ(ticks(), "d1 undone by cleo; r1 done by ben; ");
}

TEST_F(TickItemTest, writes_nothing_when_it_is_so_already) {
  ASSERT_TRUE(tick("d1"));
  const Lines before = dump();
  EXPECT_TRUE(tick("d1", Done::yes, "ben"));
  EXPECT_TRUE(tick("d2", Done::no));
  EXPECT_EQ(dump(), before);
}

TEST_F(TickItemTest, refuses_what_the_lists_do_not_have) {
  for (const std::string item : {"d3", "r2", "", "d", "D1", "d1/x", "charter"})
    EXPECT_TRUE(refuses([&] { return tick(item); }, Kind::not_found)) << item;
  const CrewMate stranger{{}, trip.id, domain::MemberId("ana")};
  EXPECT_TRUE(
      refuses([&] { return tick_item(operations("tern"), world, stranger, "d1", Done::yes); },
              Kind::not_found));
}

TEST_F(TickItemTest, people_who_tick_at_once_do_not_get_in_each_others_way) {
  std::vector<std::thread> hands;
  for (const char* item : {"d1", "d2", "r1"})
    hands.emplace_back([&, item] { EXPECT_TRUE(tick(item)); });
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(ticks(), "d1 done by ana; d2 done by ana; r1 done by ana; ");
}

}  // namespace app::testing
