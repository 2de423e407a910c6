// Pages whose time is over leave the store of objects, fourteen days after the trip, and only then.
#include "app/remove_old_pages.h"

#include "app/owe_purge.h"

#include "tests/app/fake_cdn.h"
#include "tests/app/verb_fixture.h"

namespace app::testing {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

class RemoveOldPagesTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    run_all();
    gone_at = trip.ends.utc + domain::page_lives_after_end;
  }
  std::size_t remove(base::Instant since, base::Instant until) {
    JobDesk with = desk();
    with.cdn = &cdn;
    return value_of(remove_old_pages(operations(), with, since, until));
  }
  bool is_there(const std::string& path) {
    return objects.get({domain::TenantId("jada"), path}).value().has_value();
  }
  Lines owed() {
    const auto found = load_owed_purge(operations()).value();
    return found ? found->value.paths : Lines{};
  }

  FakeCdn cdn;
  domain::Charter trip;
  base::Instant gone_at;
};

}  // namespace

TEST_F(RemoveOldPagesTest, both_files_go_and_their_copies_are_owed) {
  ASSERT_TRUE(is_there("boatsetter-may-30.html"));
  EXPECT_EQ(remove(gone_at - days(3), gone_at), 2U);
  EXPECT_FALSE(is_there("boatsetter-may-30.html"));
  EXPECT_FALSE(is_there("boatsetter-may-30.ics"));
  EXPECT_EQ(owed(), (Lines{"/g/boatsetter-may-30.html", "/boatsetter-may-30.html",
                           "/g/boatsetter-may-30.ics", "/boatsetter-may-30.ics"}));
}

TEST_F(RemoveOldPagesTest, twice_is_once) {
  EXPECT_EQ(remove(gone_at - days(3), gone_at), 2U);
  forget_commits();
  EXPECT_EQ(remove(gone_at - days(2), gone_at + days(1)), 0U);
  EXPECT_TRUE(commits().empty());
}

TEST_F(RemoveOldPagesTest, a_page_stays_until_its_last_moment) {
  EXPECT_EQ(remove(gone_at - days(3), gone_at - seconds(1)), 0U);
  EXPECT_TRUE(is_there("boatsetter-may-30.html"));
  EXPECT_EQ(remove(gone_at, gone_at + days(3)), 0U) << "the span begins after its first moment";
  EXPECT_EQ(remove(gone_at - seconds(1), gone_at), 2U);
}

TEST_F(RemoveOldPagesTest, what_one_left_half_done_is_finished) {
  ASSERT_TRUE(objects.remove({domain::TenantId("jada"), "boatsetter-may-30.html"}));
  EXPECT_EQ(remove(gone_at - days(3), gone_at), 1U);
  EXPECT_FALSE(is_there("boatsetter-may-30.ics"));
}

TEST_F(RemoveOldPagesTest, other_trips_and_blocks_are_left_alone) {
  BookingRequest later = booking_request();
  later.booking.reference = "OTHER";
  later.booking.starts_at = written("2027-06-20T16:30");
  booked(later);
  run_all();
  EXPECT_EQ(remove(gone_at - days(3), gone_at), 2U);
  EXPECT_TRUE(is_there("boatsetter-jun-20.html"));
  EXPECT_TRUE(is_there("boatsetter-jun-20.ics"));
}

TEST_F(RemoveOldPagesTest, a_charter_that_moved_keeps_its_page) {
  renew(trip.id, [](domain::Charter& charter) { charter.ends.utc += days(30); });
  EXPECT_EQ(remove(gone_at - days(3), gone_at), 0U);
  EXPECT_TRUE(is_there("boatsetter-may-30.html"));
}

TEST_F(RemoveOldPagesTest, a_trip_over_the_turn_of_a_month_is_found) {
  BookingRequest turning = booking_request();
  turning.booking.reference = "TURN";
  turning.booking.starts_at = written("2027-06-30T15:30");  // ends 2027-07-01T00:00Z and more
  turning.booking.duration_minutes = 300;
  const auto over = booked(turning);
  run_all();
  const auto end = over.ends.utc + domain::page_lives_after_end;
  EXPECT_EQ(remove(end - days(3), end), 2U);
}

TEST_F(RemoveOldPagesTest, without_a_network_nothing_is_owed) {
  forget_commits();
  EXPECT_EQ(value_of(remove_old_pages(operations(), desk(), gone_at - days(3), gone_at)), 2U);
  EXPECT_TRUE(commits().empty());
}

}  // namespace app::testing
