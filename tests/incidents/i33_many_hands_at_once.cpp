// I-33: automated edits overwrote one another, and nobody could say who had done what. Here a write
// names the version that it read, and each deed stands on record with its actor, in one commit.
#include <thread>

#include "app/answer_call.h"
#include "app/tick_item.h"

#include "tests/app/verb_fixture.h"

namespace incidents {

using app::testing::value_of;

class ManyHandsAtOnce : public app::testing::VerbTest {
 protected:
  int deeds_of(const std::string& actor) {
    int deeds = 0;
    for (const std::string& line : dump())
      if (line.starts_with("operations ") && line.find(" audit/") != std::string::npos &&
          line.find("\"actor\":\"" + actor + "\"") != std::string::npos)
        ++deeds;
    return deeds;
  }
};

TEST_F(ManyHandsAtOnce, nobodys_change_is_lost_and_each_is_on_record) {
  auto request = app::testing::booking_request();
  request.booking.crew = {app::testing::slot("ana", "captain")};
  const auto trip = booked(request);
  const app::CrewMate ana{{}, trip.id, domain::MemberId("ana")};
  std::vector<std::thread> hands;
  for (const char* member : {"ben", "cleo", "dora"})
    hands.emplace_back(
        [&, member] { EXPECT_TRUE(crew_with(trip.id, app::testing::slot(member, "crew"))); });
  for (const char* item : {"d1", "d2", "r1"})
    hands.emplace_back(
        [&, item] { EXPECT_TRUE(tick_item(operations(), world, ana, item, app::Done::yes)); });
  hands.emplace_back(
      [&] { EXPECT_TRUE(answer_call(operations(), world, ana, {domain::Answer::yes})); });
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(charter(trip.id.text()).crew.size(), 4U);
  EXPECT_EQ(charter(trip.id.text()).revision, 4U) << "one for each change of the crew";
  EXPECT_EQ(deeds_of("service key 77aa"), 3);
  EXPECT_EQ(deeds_of("crew ana"), 4);
  EXPECT_EQ(deeds_of("dashboard key 3f2a"), 1);
}

TEST_F(ManyHandsAtOnce, a_write_over_a_version_that_moved_is_refused) {
  const auto trip = booked();
  const auto read_before = value_of(app::load_charter(operations(), trip.id));
  ASSERT_TRUE(crew_with(trip.id, app::testing::slot("dora", "crew")));
  auto changes = operations().changes();
  app::put_changed(changes, read_before->value, read_before->version);
  const auto late = [&] { return operations().commit(changes); };
  EXPECT_TRUE(refuses(late, base::Kind::conflict));
}

}  // namespace incidents
