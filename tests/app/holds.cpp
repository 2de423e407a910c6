// A hold's life after it was made: it lapses by the clock alone, or a booking turns it into a
// charter.
#include <algorithm>

#include "app/change_charter.h"

#include "tests/app/hold_fixture.h"

namespace app::testing {

using base::Kind;
using std::chrono::milliseconds;

namespace {

class HoldsTest : public HoldTest {
 protected:
  base::Result<domain::Charter> move(const domain::Charter& trip, const std::string& starts_at) {
    ChangeRequest request;
    request.meant = {trip.id};
    request.change.starts_at = written(starts_at);
    request.actor = "dashboard key 3f2a";
    return change_charter(owner(), world, request);
  }
};

}  // namespace

TEST_F(HoldsTest, a_hold_is_in_the_way_until_the_very_instant_at_which_it_lapses) {
  const domain::Charter trip = booked(plain_request("2027-06-20T10:00"));
  held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00");
  at_dock("2027-06-01T10:00");
  clock.advance(milliseconds(-1));
  EXPECT_EQ(entries().size(), 2U);
  const auto booking = [&] { return take(plain_request("2027-06-10T12:30")); };
  EXPECT_TRUE(refuses(booking, Kind::conflict, "vessel"));
  EXPECT_TRUE(
      refuses([&] { return make(event_request("2027-06-10T10:30")); }, Kind::conflict, "vessel"));
  EXPECT_TRUE(refuses(
      [&] {
        return add(block("2027-06-10T11:00", "2027-06-10T11:30", domain::BusyKind::maintenance));
      },
      Kind::conflict, "vessel"));
  EXPECT_TRUE(refuses([&] { return move(trip, "2027-06-10T09:00"); }, Kind::conflict, "vessel"));
  clock.advance(milliseconds(1));
  EXPECT_EQ(entries().size(), 1U);
  EXPECT_TRUE(move(trip, "2027-06-10T09:00"));
  EXPECT_TRUE(booking());
}

TEST_F(HoldsTest, everybody_finds_a_lapsed_holds_time_free) {
  held("2027-06-10T10:00", "2027-06-14T12:00", "2027-06-01T10:00");
  at_dock("2027-06-01T10:00");
  EXPECT_TRUE(make(event_request("2027-06-10T10:30")));
  EXPECT_TRUE(add(block("2027-06-11T10:00", "2027-06-11T12:00", domain::BusyKind::maintenance)));
  EXPECT_TRUE(add(block("2027-06-12T10:00", "2027-06-12T12:00")));
  EXPECT_TRUE(take(plain_request("2027-06-13T10:00")));
}

TEST_F(HoldsTest, a_hold_without_an_expiry_never_lapses) {
  const auto answer = add(block("2027-06-10T10:00", "2027-06-10T12:00"));
  at_dock("2028-06-10T10:00");
  EXPECT_EQ(entries().size(), 1U);
  EXPECT_TRUE(
      refuses([&] { return take(plain_request("2027-06-10T11:00")); }, Kind::conflict, "vessel"));
  EXPECT_TRUE(take(with_hold(plain_request("2027-06-10T11:00"), answer->body)));
}

TEST_F(HoldsTest, what_lapsed_goes_from_a_month_that_is_written_anyway) {
  const std::string id = held("2027-06-30T20:00", "2027-07-01T08:00", "2027-06-01T10:00");
  EXPECT_EQ(traces(id), 3U) << "block, entry of July, July of the vessel";
  at_dock("2027-06-01T10:00");
  ASSERT_TRUE(take(plain_request("2027-07-20T10:00")));
  for (const std::string& line : dump())
    EXPECT_FALSE(line.starts_with("operations jada/vessel/") && line.find(id) != std::string::npos)
        << line;
  EXPECT_EQ(traces(id), 2U) << "until the store drops what has expired";
}

TEST_F(HoldsTest, a_lapsed_hold_cannot_be_removed_and_is_forgotten_after_a_while) {
  const std::string id = held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00");
  const auto removal = [&] { return remove_block(owner(), world, id, "dashboard key 3f2a"); };
  at_dock("2027-06-01T10:00");
  EXPECT_TRUE(refuses(removal, Kind::not_found));
  ASSERT_TRUE(take(plain_request("2027-06-20T10:00"))) << "which drops its busy time";
  EXPECT_TRUE(refuses(removal, Kind::not_found));
  clock.advance(domain::lapsed_hold_kept);
  EXPECT_FALSE(block_of(id));
  EXPECT_TRUE(refuses(removal, Kind::not_found));
  EXPECT_TRUE(refuses([&] { return take(with_hold(plain_request("2027-07-20T10:00"), id)); },
                      Kind::invalid, "hold"));
}

TEST_F(HoldsTest, a_vessel_with_a_lapsed_hold_alone_may_be_dropped) {
  TenantFile without = tenant_file();
  without.tenant.vessels.pop_back();  // the skiff
  held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00", "skiff");
  const auto drop = [&] { return apply_tenant(installation, world, without); };
  EXPECT_TRUE(refuses(drop, Kind::conflict, "vessels"));
  at_dock("2027-06-01T10:00");
  const auto dropped = drop();
  EXPECT_TRUE(dropped) << dropped.error().message;
}

TEST_F(HoldsTest, a_hold_over_the_hour_that_autumn_has_twice_takes_all_of_it) {
  // From 00:30 to 02:30 by the clock: three hours. It lapses in the second 01:30.
  const std::string id = held("2027-11-07T00:30", "2027-11-07T02:30", "2027-11-07T01:30-08:00");
  const auto block = block_of(id);
  EXPECT_EQ(block->ends.utc - block->starts.utc, std::chrono::hours(3));
  EXPECT_EQ(base::format_utc(*block->lapses_at()), "2027-11-07T09:30:00Z");
  clock.advance(base::parse_utc("2027-11-07T09:29:00Z").value() - clock.now());
  EXPECT_FALSE(take(plain_request("2027-11-07T01:45-08:00")));
  clock.advance(std::chrono::minutes(1));
  EXPECT_TRUE(take(plain_request("2027-11-07T01:45-08:00")));
}

TEST_F(HoldsTest, a_hold_over_the_hour_that_spring_lacks_ends_when_it_says) {
  held("2028-03-12T00:30", "2028-03-12T04:00", "2028-03-12T03:00");
  EXPECT_EQ(entries().front().ends.utc - entries().front().starts.utc, std::chrono::minutes(150));
  EXPECT_FALSE(take(plain_request("2028-03-12T04:59")));
  EXPECT_TRUE(take(plain_request("2028-03-12T05:00")));
}

TEST_F(HoldsTest, a_booking_takes_the_place_of_its_hold_in_one_commit) {
  const std::string id = held("2027-05-30T16:00", "2027-05-30T20:00", "2027-05-25T10:00");
  forget_commits();
  const domain::Charter trip = booked(with_hold(booking_request(), id));
  EXPECT_EQ(trip.title, "Boatsetter charter for Dana") << "nothing of the hold's";
  ASSERT_EQ(commits().size(), 1U);
  EXPECT_EQ(traces(id), 0U);
  ASSERT_EQ(entries().size(), 1U);
  EXPECT_EQ(entries().front().id, trip.id.text());
  const auto trail =
      value_of(operations().scan("charter/" + trip.id.text(), ports::starting_with("audit/"), 2));
  ASSERT_EQ(trail.size(), 1U);
  EXPECT_NE(trail[0].body.find("\"hold\":\"" + id), std::string::npos) << trail[0].body;
}

TEST_F(HoldsTest, the_charter_may_be_elsewhere_than_its_hold) {
  const std::string first = held("2027-05-30T20:00", "2027-06-01T12:00", "2027-05-25T10:00");
  ASSERT_TRUE(take(with_hold(plain_request("2027-08-10T10:00"), first)));
  const std::string second = held("2027-05-30T20:00", "2027-06-01T12:00", "2027-05-25T10:00");
  ASSERT_TRUE(take(with_hold(plain_request("2027-08-10T10:00", "skiff"), second)));
  EXPECT_EQ(traces(first) + traces(second), 0U);
  EXPECT_TRUE(take(plain_request("2027-05-31T10:00"))) << "what was held is free";
}

TEST_F(HoldsTest, eleven_months_that_were_held_and_sixteen_people_are_one_commit) {
  const auto year = add(block("2029-01-31T10:00", "2030-01-01T10:00"));  // of 13 months
  ASSERT_TRUE(year) << year.error().message;
  TenantFile file = tenant_file();
  BookingRequest request = with_hold(booking_request(), year->body);
  request.booking.vessel = domain::VesselId("skiff");
  request.booking.guest.party_size = 4;
  request.booking.starts_at = written("2028-06-20T16:30");
  request.booking.duration_minutes = domain::duration_minutes_max;
  request.booking.crew.clear();
  for (char letter = 'a'; request.booking.crew.size() < domain::crew_per_charter_max; ++letter) {
    const std::string id = std::string("hand-") + letter;
    file.tenant.members.push_back(
        {domain::MemberId(id), "Hand " + id, id + "@crew.example", {domain::Role("crew")}});
    request.booking.crew.push_back(slot(id, "crew"));
  }
  ASSERT_TRUE(apply_tenant(installation, world, file));
  request.call = CallKey{"POST /bookings", "3f2a", "once", "digest"};
  forget_commits();
  const auto taken = take(request);
  ASSERT_TRUE(taken) << taken.error().message;
  ASSERT_EQ(commits().size(), 1U);
  EXPECT_EQ(commits().front().size(), ports::changes_per_commit_max) << "it just fits";
}

TEST_F(HoldsTest, what_else_is_in_the_way_still_is_and_the_hold_stays) {
  const std::string id = held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00");
  ASSERT_TRUE(take(plain_request("2027-06-10T14:00")));
  const auto over = [&] { return take(with_hold(plain_request("2027-06-10T11:30"), id)); };
  EXPECT_TRUE(refuses(over, Kind::conflict, "vessel"));
  EXPECT_EQ(over().error().code, "busy");
  EXPECT_TRUE(take(with_hold(plain_request("2027-06-10T10:00"), id)));
}

TEST_F(HoldsTest, what_is_no_hold_of_ones_own_is_one_answer) {
  const std::string spent = held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00");
  const domain::Charter trip = booked(with_hold(plain_request("2027-06-10T10:00"), spent));
  const std::string removed = held("2027-06-11T10:00", "2027-06-11T12:00", "2027-06-01T10:00");
  ASSERT_TRUE(remove_block(owner(), world, removed, "dashboard key 3f2a"));
  const std::string work =
      value_of(add(block("2027-06-12T10:00", "2027-06-12T12:00", domain::BusyKind::maintenance)))
          .body;
  const std::string foreign =
      value_of(add(block("2027-06-13T10:00", "2027-06-13T12:00"), "tern")).body;
  Lines messages;
  for (const std::string& id :
       {spent, trip.id.text(), removed, work, foreign, std::string("jada.bnone"),
        foreign.substr(foreign.find('.')), std::string("../") + work}) {
    const auto booking = [&] { return take(with_hold(plain_request("2027-06-12T16:00"), id)); };
    EXPECT_TRUE(refuses(booking, Kind::invalid, "hold")) << id;
    messages.push_back(booking().error().message);
  }
  EXPECT_EQ(std::ranges::count(messages, messages.front()), std::ptrdiff_t(messages.size()));
}

TEST_F(HoldsTest, an_unknown_hold_is_named_among_all_other_faults) {
  BookingRequest request = with_hold(plain_request("2027-06-10T10:00", "raft"), "jada.bnone");
  const auto answer = take(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().faults.size(), 2U) << answer.error().message;
}

TEST_F(HoldsTest, a_lapsed_hold_still_becomes_a_charter_while_its_time_is_free) {
  const std::string id = held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00");
  at_dock("2027-06-05T10:00");
  ASSERT_TRUE(take(with_hold(plain_request("2027-06-10T10:00"), id)));
  EXPECT_FALSE(block_of(id));
  EXPECT_EQ(entries().size(), 1U);
}

TEST_F(HoldsTest, whose_time_somebody_took_since_it_lapsed_is_told_both) {
  const std::string id = held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00");
  at_dock("2027-06-05T10:00");
  const domain::Charter other = booked(plain_request("2027-06-10T10:00"));
  const auto late = [&] { return take(with_hold(plain_request("2027-06-10T10:00"), id)); };
  EXPECT_TRUE(refuses(late, Kind::conflict, "hold"));
  const base::Error error = late().error();
  EXPECT_EQ(error.code, hold_lapsed);
  ASSERT_EQ(error.faults.size(), 2U);
  EXPECT_EQ(error.faults[0].message, "lapsed at 2027-06-01T10:00:00-07:00");
  EXPECT_EQ(error.faults[1].field, "vessel");
  EXPECT_NE(error.message.find(other.id.text()), std::string::npos) << error.message;
  EXPECT_TRUE(take(with_hold(plain_request("2027-06-11T10:00"), id))) << "another day is free";
}

TEST_F(HoldsTest, a_booking_sent_again_gets_its_first_answer_though_its_hold_is_gone) {
  const std::string id = held("2027-06-10T10:00", "2027-06-10T12:00", "2027-06-01T10:00");
  BookingRequest request = with_hold(plain_request("2027-06-10T10:00"), id);
  request.call = CallKey{"POST /bookings", "3f2a", "once", "digest"};
  const auto first = take(request);
  ASSERT_TRUE(first) << first.error().message;
  const auto again = take(request);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->source, BookingAnswer::Source::repeated);
  EXPECT_EQ(again->body, first->body);
}

}  // namespace app::testing
