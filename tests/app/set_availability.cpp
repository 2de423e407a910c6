// Days on which somebody cannot sail: said by themselves or by the owner, shown on their page.
#include "app/set_availability.h"

#include <thread>

#include "app/availability_page.h"
#include "app/availability_record.h"
#include "app/reservations.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::DaySaid;
using domain::Sails;

namespace {

// The fixture's day is 22 May 2027 at the dock.
class SetAvailabilityTest : public VerbTest {
 protected:
  static std::chrono::year_month_day day(std::string_view text) { return *base::parse_date(text); }
  base::Result<domain::AwayDays> say(const std::string& text, Sails sails = Sails::cannot,
                                     const std::string& member = "ana") {
    return set_availability(
        operations(), world,
        {domain::MemberId(member), DaySaid{day(text), sails}, "crew " + member});
  }
  domain::AwayDays kept(const std::string& member = "ana") {
    return value_of(load_away(operations(), domain::MemberId(member))).value;
  }
};

}  // namespace

TEST_F(SetAvailabilityTest, is_one_record_of_the_member_and_audited) {
  ASSERT_TRUE(say("2027-05-30"));
  const Lines expected = {"check jada/tenant tenant 1", "put jada/member/ana audit 0",
                          "put jada/member/ana away 0"};
  EXPECT_EQ(written_at_once("no charter"), expected);
  forget_commits();
  ASSERT_TRUE(say("2027-05-30")) << "said again";
  EXPECT_TRUE(commits().empty());
  ASSERT_TRUE(say("2027-05-30", Sails::can));
  EXPECT_EQ(kept(), domain::AwayDays{});
  EXPECT_EQ(kept("ben"), domain::AwayDays{});
}

TEST_F(SetAvailabilityTest, what_is_past_goes_with_the_next_word) {
  ASSERT_TRUE(say("2027-05-23"));
  ASSERT_TRUE(say("2027-05-30"));
  clock.advance(std::chrono::hours(3 * 24));
  ASSERT_TRUE(say("2027-06-01"));
  EXPECT_EQ(kept(), (domain::AwayDays{day("2027-05-30"), day("2027-06-01")}));
}

TEST_F(SetAvailabilityTest, refuses_who_is_not_there_and_days_that_cannot_be_said) {
  EXPECT_TRUE(refuses([&] { return say("2027-05-30", Sails::cannot, "zoe"); }, Kind::not_found));
  EXPECT_TRUE(refuses([&] { return say("2027-05-21"); }, Kind::invalid, "day"));
  const AvailabilityDeed owners{domain::MemberId("ana"), domain::AwayDays{day("2027-05-01")},
                                "dashboard key 3f2a"};
  EXPECT_TRUE(
      refuses([&] { return set_availability(owner(), world, owners); }, Kind::invalid, "days"));
}

TEST_F(SetAvailabilityTest, two_who_speak_at_once_are_both_heard) {
  std::vector<std::thread> hands;
  for (int i = 0; i < 8; ++i)
    hands.emplace_back([&, i] { EXPECT_TRUE(say("2027-06-0" + std::to_string(i + 1))); });
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(kept().size(), 8U);
}

TEST_F(SetAvailabilityTest, the_page_shows_whole_months_and_the_trips_of_its_reader) {
  BookingRequest night = booking_request();
  night.booking.starts_at = written("2027-05-31T22:00");
  booked(night);
  ASSERT_TRUE(say("2027-05-30"));
  ASSERT_TRUE(say("2027-12-24"));
  const auto view = value_of(availability_page(operations(), world, domain::MemberId("ana")));
  EXPECT_EQ(view.reader_name, "Ana Reyes");
  EXPECT_EQ(view.days.front().day, day("2027-05-22"));
  EXPECT_EQ(view.days.back().day, day("2027-07-31"));
  EXPECT_EQ(view.later, std::vector{day("2027-12-24")});
  for (const domain::AvailabilityDay& one : view.days) {
    EXPECT_EQ(one.sails == Sails::cannot, one.day == day("2027-05-30"));
    EXPECT_EQ(one.has_trip, one.day == day("2027-05-31") || one.day == day("2027-06-01"))
        << base::format_date(one.day);
  }
  const auto dora = value_of(availability_page(operations(), world, domain::MemberId("dora")));
  for (const domain::AvailabilityDay& one : dora.days) EXPECT_FALSE(one.has_trip);
  EXPECT_FALSE(availability_page(operations(), world, domain::MemberId("zoe")));
}

TEST_F(SetAvailabilityTest, a_trip_over_two_months_is_busy_once) {
  BookingRequest night = booking_request();
  night.booking.starts_at = written("2027-05-31T22:00");
  const domain::Charter trip = booked(night);
  const domain::Interval span{clock.now(), clock.now() + std::chrono::hours(30 * 24)};
  const auto busy = value_of(busy_of(operations(), domain::MemberId("ana"), span, clock.now()));
  ASSERT_EQ(busy.size(), 1U);
  EXPECT_EQ(busy[0].holder, trip.id.text());
}

}  // namespace app::testing
