// What can be removed from the calendar, and by whom.
#include "app/remove_block.h"

#include "app/add_block.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class RemoveBlockTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    BlockRequest request;
    request.kind = domain::BusyKind::maintenance;
    request.vessel = domain::VesselId("jada");
    request.title = "Haul-out";
    request.starts_at = written("2027-06-30T10:00");
    request.ends_at = written("2027-07-02T10:00");
    request.actor = "dashboard key 3f2a";
    auto added = add_block(owner(), world, request, [](const auto& entry) { return entry.id; });
    ASSERT_TRUE(added);
    block = added->body;
    forget_commits();
  }
  base::Result<void> remove(const std::string& entry, const std::string& tenant = "jada") {
    return remove_block(owner(tenant), world, entry, "dashboard key 3f2a");
  }
  std::string block;
};

}  // namespace

TEST_F(RemoveBlockTest, takes_back_everything_in_one_commit) {
  ASSERT_TRUE(remove(block));
  const Lines expected = {
      "put jada/block/{id} audit 0",
      "put jada/vessel/jada 2027-06 1",
      "put jada/vessel/jada 2027-07 1",
      "put jada/vessel/jada latest 1",
      "remove jada/block/{id} block 1",
      "remove jada/calendar/2027-06 2027-06-30T17:00:00Z/{id} 1",
      "remove jada/calendar/2027-07 2027-06-30T17:00:00Z/{id} 1",
  };
  EXPECT_EQ(written_at_once(block), expected);
  EXPECT_TRUE(refuses([&] { return remove(block); }, Kind::not_found)) << "a second time";
}

TEST_F(RemoveBlockTest, refuses_what_is_no_block_of_this_tenant) {
  const domain::Charter trip = booked();
  EXPECT_TRUE(refuses([&] { return remove(trip.id.text()); }, Kind::conflict));
  EXPECT_EQ(remove(trip.id.text()).error().code, "entry-is-a-charter");
  for (const std::string id : {"jada.bnothing", "nothing", "jada", "."})
    EXPECT_TRUE(refuses([&] { return remove(id); }, Kind::not_found)) << id;
  EXPECT_TRUE(refuses([&] { return remove(block, "tern"); }, Kind::not_found));
  EXPECT_TRUE(refuses([&] { return remove(trip.id.text(), "tern"); }, Kind::not_found));
}

}  // namespace app::testing
