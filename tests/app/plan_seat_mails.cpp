// What those hear who were asked for a seat that is not theirs to answer for any more.
#include "app/plan_seat_mails.h"

#include "app/cancel_charter.h"

#include "tests/app/call_fixture.h"

namespace app::testing {

using domain::Answer;
using domain::JobKind;

namespace {

using SeatMailsTest = CallTest;

TEST_F(SeatMailsTest, a_seat_that_goes_away_is_no_longer_open_and_nobody_took_it) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  change(trip, [](ChangeRequest& r) { r.change.crew = std::vector<domain::Slot>{}; });
  settle();
  EXPECT_EQ(standing(trip), "eve taken");
  EXPECT_TRUE(mails(trip, JobKind::seat_ask).back().starts_with("No longer needed"));
  const auto late = says(trip, "eve", Answer::yes);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().message, "Thank you! This seat is no longer open");
}

TEST_F(SeatMailsTest, who_is_asked_hears_of_a_cancellation) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  Cancellation request;
  request.meant = {trip.id, 0};
  request.cause = domain::CancelCause::weather;
  request.actor = "dashboard key 3f2a";
  value_of(cancel_charter(owner(), world, request));
  settle();
  EXPECT_EQ(standing(trip), "eve withdrawn");
  EXPECT_TRUE(mails(trip, JobKind::seat_ask).back().starts_with("No longer needed"));
}

// Once, and only where they are not asked anew.
TEST_F(SeatMailsTest, who_is_not_asked_about_the_trip_as_it_is_now_is_told) {
  using namespace std::chrono;
  is_away("ana", 2027y / May / 31);
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  settle();
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  settle();
  EXPECT_EQ(standing(trip), "ana withdrawn; eve waiting");
  pass_until(clock.now() + base::minutes(10));
  const std::string last = mails(trip, JobKind::seat_ask).back();
  EXPECT_TRUE(last.starts_with("No longer needed")) << last;
  const auto told = mails(trip, JobKind::seat_ask).size();
  EXPECT_EQ(told, 4U);  // eve, ana, eve anew, and that ana is not asked
  Cancellation off;
  off.meant = {trip.id, 0};
  off.cause = domain::CancelCause::weather;
  off.actor = "dashboard key 3f2a";
  value_of(cancel_charter(owner(), world, off));
  pass_until(clock.now() + base::minutes(10));
  EXPECT_EQ(mails(trip, JobKind::seat_ask).size(), told + 1);  // eve
}

TEST_F(SeatMailsTest, who_was_asked_for_a_seat_that_a_move_gives_back_is_told) {
  const auto trip = seeking("2027-05-30T16:30", {slot("eve", "captain")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  settle();
  ASSERT_EQ(standing(trip), "ana waiting");
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  pass_until(clock.now() + base::minutes(10));
  EXPECT_EQ(standing(trip), "ana withdrawn");
  ASSERT_EQ(mails(trip, JobKind::seat_ask).size(), 2U);
  EXPECT_TRUE(mails(trip, JobKind::seat_ask).back().starts_with("No longer needed"));
}

TEST_F(SeatMailsTest, who_is_asked_anew_in_the_morning_is_not_told_that_they_are_not) {
  be_at(wall("2027-05-20T18:00"));
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  be_at(wall("2027-05-20T21:00"));
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  pass_until(wall("2027-05-21T08:30"));
  EXPECT_EQ(standing(trip), "eve waiting");
  for (const std::string& subject : mails(trip, JobKind::seat_ask))
    EXPECT_TRUE(subject.starts_with("Wanted")) << subject;
}

}  // namespace

}  // namespace app::testing
