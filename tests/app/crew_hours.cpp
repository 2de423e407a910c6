// Clocked in, clocked out, or entered: one's own hours.
#include "app/crew_hours.h"

#include <thread>

#include "domain/hours_elsewhere.h"

#include "app/audit_trail.h"
#include "app/cancel_charter.h"
#include "app/crew_hours_view.h"
#include "app/hours_record.h"
#include "app/put_hours.h"
#include "app/undo_deed.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::HoursState;

namespace {

class CrewHoursTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    be_at("16:00");
    forget_commits();
  }
  // On the trip's day, 16:30 to 19:30.
  void be_at(const std::string& dock_clock) {
    const auto at = base::resolve(written("2027-05-30T" + dock_clock), "America/Los_Angeles");
    clock.advance(at.value().utc - clock.now());
  }
  CrewMate mate(const std::string& member = "ana") const {
    return {{}, trip.id, domain::MemberId(member)};
  }
  base::Result<domain::Hours> say(const HoursDeed& deed, const std::string& member = "ana") {
    return crew_hours(operations(), world, mate(member), deed);
  }
  base::Result<domain::Hours> enter(const std::string& hours, const std::string& member = "ana") {
    return say(domain::Decimal::parse(hours).value(), member);
  }
  std::string said(const std::string& member = "ana") {
    return base::to_text(hours_said(
        value_of(load_hours(operations(), trip.id, domain::MemberId(member))).value.hours,
        "America/Los_Angeles"));
  }
  // Right after it, on another boat.
  domain::Charter second_trip() {
    BookingRequest request = plain_request("2027-05-30T20:00", "skiff");
    request.booking.title = "Sunset sail";
    request.booking.crew = {slot("ana", "captain")};
    return booked(request);
  }
  base::Result<domain::Hours> say_on(const domain::Charter& other, const HoursDeed& deed) {
    return crew_hours(operations(), world, {{}, other.id, domain::MemberId("ana")}, deed);
  }
  domain::DeedId newest() {
    return value_of(audit_trail(owner(), trip.id, {})).entries.back().entry.id;
  }
  domain::Charter trip;
};

constexpr const char* nothing = R"({"state":"none","hours":null,"stints":[]})";

}  // namespace

TEST_F(CrewHoursTest, are_a_record_of_their_own_and_the_charter_stands_still) {
  ASSERT_TRUE(say(ClockIn{}));
  EXPECT_EQ(written_at_once(trip.id.text()),
            (Lines{"check jada/charter/{id} charter 1", "check jada/person/ana 2027-05 1",
                   "put jada/charter/{id} audit 0", "put jada/charter/{id} hours/ana 0"}));
  EXPECT_EQ(charter(trip.id.text()).revision, 1U);
  be_at("19:45");
  ASSERT_TRUE(say(ClockOut{}));
  EXPECT_EQ(said(), R"({"state":"entered","hours":"3.75","stints":[{"begins_at":)"
                    R"("2027-05-30T16:00:00-07:00","ends_at":"2027-05-30T19:45:00-07:00"}]})");
  EXPECT_EQ(said("ben"), nothing);
}

TEST_F(CrewHoursTest, two_devices_that_clock_in_at_once_are_one_stint) {
  std::vector<std::thread> devices;
  for (int i = 0; i < 4; ++i) devices.emplace_back([&] { EXPECT_TRUE(say(ClockIn{})); });
  for (std::thread& device : devices) device.join();
  EXPECT_EQ(commits().size(), 1U);
  const auto kept = value_of(load_hours(operations(), trip.id, domain::MemberId("ana")));
  EXPECT_EQ(kept.value.hours.stints.size(), 1U);
}

TEST_F(CrewHoursTest, are_not_clocked_on_two_trips_at_once) {
  const domain::Charter evening = second_trip();
  ASSERT_TRUE(say(ClockIn{}));
  be_at("19:15");
  const auto also = [&] { return say_on(evening, ClockIn{}); };
  EXPECT_TRUE(refuses(also, Kind::conflict));
  EXPECT_EQ(also().error().code, domain::hours_elsewhere);
  EXPECT_EQ(also().error().message,
            "You are clocked in on “Boatsetter charter for Dana” since 4:00 PM PDT. Please clock "
            "out there first.");
  EXPECT_TRUE(say_on(evening, domain::Decimal::parse("2").value())) << "a number has no times";
  EXPECT_TRUE(say(ClockIn{}, "ben"));
  be_at("19:45");
  ASSERT_TRUE(say(ClockOut{}));
  const domain::Charter night = [&] {
    BookingRequest request = plain_request("2027-05-30T23:00", "skiff");
    request.booking.crew = {slot("ana", "captain")};
    return booked(request);
  }();
  forget_commits();
  ASSERT_TRUE(say_on(night, ClockIn{}));
  const Lines written = written_at_once(night.id.text());
  const Lines rests_on = {"check jada/person/ana 2027-05 3",
                          "check jada/charter/" + trip.id.text() + " hours/ana 2",
                          "check jada/charter/" + evening.id.text() + " hours/ana 1"};
  for (const std::string& line : rests_on)
    EXPECT_TRUE(std::ranges::find(written, line) != written.end()) << line;
}

TEST_F(CrewHoursTest, are_not_clocked_out_over_what_stands_on_another_trip) {
  const domain::Charter evening = second_trip();
  HoursPut said;
  said.charter = evening.id;
  said.member = domain::MemberId("ana");
  said.stints = {{written("2027-05-30T20:00"), written("2027-05-30T22:00")}};
  said.actor = "dashboard key 3f2a";
  ASSERT_TRUE(put_hours(owner(), world, said));
  ASSERT_TRUE(say(ClockIn{})) << "what lies ahead is not now";
  be_at("20:30");
  const auto out = [&] { return say(ClockOut{}); };
  EXPECT_TRUE(refuses(out, Kind::conflict));
  EXPECT_EQ(out().error().message,
            "You were on “Sunset sail” at that time: 8:00 PM – 10:00 PM PDT. Please enter the "
            "hours of this trip as a number instead.");
  EXPECT_TRUE(enter("3.5"));
}

TEST_F(CrewHoursTest, of_two_boats_that_one_clocks_in_on_at_once_one_has_them) {
  const domain::Charter evening = second_trip();
  be_at("19:00");
  std::atomic<int> in = 0;
  std::vector<std::thread> devices;
  for (int i = 0; i < 6; ++i)
    devices.emplace_back([&, i] {
      const auto done = say_on(i % 2 == 0 ? trip : evening, ClockIn{});
      if (done) return void(++in);
      EXPECT_EQ(done.error().code, domain::hours_elsewhere) << done.error().message;
    });
  for (std::thread& device : devices) device.join();
  EXPECT_EQ(in, 3) << "three devices of one boat";
}

TEST_F(CrewHoursTest, out_without_in_says_so) {
  const auto out = [&] { return say(ClockOut{}); };
  EXPECT_TRUE(refuses(out, Kind::conflict));
  EXPECT_EQ(out().error().code, domain::not_clocked_in);
}

TEST_F(CrewHoursTest, a_number_is_taken_and_can_be_corrected_until_it_is_approved) {
  ASSERT_TRUE(enter("4.25"));
  ASSERT_TRUE(enter("4.5"));
  EXPECT_EQ(said(), R"({"state":"entered","hours":"4.5","stints":[]})");
  const Lines before = dump();
  ASSERT_TRUE(enter("4.5"));
  EXPECT_EQ(dump(), before) << "said twice, noted once";
  EXPECT_TRUE(refuses([&] { return enter("15.25"); }, Kind::invalid, "hours"));
  EXPECT_TRUE(refuses([&] { return say(ClockIn{}); }, Kind::conflict));
}

TEST_F(CrewHoursTest, are_not_known_before_they_are_worked) {
  be_at("10:29");
  EXPECT_TRUE(refuses([&] { return enter("4"); }, Kind::conflict));
  EXPECT_EQ(enter("4").error().code, domain::clock_closed);
  be_at("10:30");
  EXPECT_TRUE(enter("4"));
  clock.advance(std::chrono::hours(40));
  EXPECT_TRUE(enter("4.25")) << "for as long as the pass lives";
}

TEST_F(CrewHoursTest, are_refused_to_whoever_is_not_aboard_and_of_a_cancelled_trip) {
  EXPECT_TRUE(refuses([&] { return enter("3", "dora"); }, Kind::not_found));
  const CrewMate stranger{{}, trip.id, domain::MemberId("ana")};
  EXPECT_TRUE(refuses([&] { return crew_hours(operations("tern"), world, stranger, ClockIn{}); },
                      Kind::not_found));
  Cancellation request;
  request.meant = {trip.id, 0};
  request.actor = "dashboard key 3f2a";
  ASSERT_TRUE(cancel_charter(owner(), world, request));
  EXPECT_TRUE(refuses([&] { return say(ClockIn{}); }, Kind::conflict));
}

TEST_F(CrewHoursTest, can_be_undone_by_the_owner_newest_first) {
  ASSERT_TRUE(say(ClockIn{}));
  const auto in = newest();
  be_at("19:45");
  ASSERT_TRUE(say(ClockOut{}));
  const auto out = newest();
  be_at("20:00");
  ASSERT_TRUE(enter("9"));
  const auto entered = newest();
  const auto undo = [&](const domain::DeedId& deed) {
    clock.advance(std::chrono::seconds(1));
    return undo_deed(operations(), world, {trip.id, deed, "dashboard key 3f2a"});
  };
  EXPECT_EQ(undo(out).error().code, changed_since);
  const AuditEntry undoing = value_of(undo(entered));
  EXPECT_EQ(base::to_text(undoing.deed.before), R"({"hours":"9","stints":[]})");
  EXPECT_EQ(base::to_text(undoing.deed.after),
            R"({"hours":"3.75","stints":[{"begins_at":"2027-05-30T23:00:00+00:00",)"
            R"("ends_at":"2027-05-31T02:45:00+00:00"}]})");
  ASSERT_TRUE(undo(out));
  ASSERT_TRUE(undo(in));
  EXPECT_EQ(said(), nothing);
}

TEST_F(CrewHoursTest, the_page_shows_them_from_when_the_clock_runs) {
  const auto view = [&] { return value_of(crew_hours_view(operations(), world, mate())); };
  clock.advance(std::chrono::hours(-24));
  EXPECT_FALSE(view());
  be_at("16:00");
  ASSERT_TRUE(view());
  EXPECT_EQ(view()->state, HoursState::none);
  EXPECT_EQ(view()->most, "15");
  ASSERT_TRUE(say(ClockIn{}));
  EXPECT_EQ(view()->state, HoursState::open);
  EXPECT_EQ(base::format_wall(view()->stints.at(0).begins.wall), "2027-05-30T16:00");
  EXPECT_FALSE(view()->clock_over);
  clock.advance(std::chrono::hours(24));
  EXPECT_TRUE(view()->clock_over);
  EXPECT_EQ(view()->state, HoursState::open) << "left open, and no end is guessed";
  EXPECT_EQ(view()->total, "");
}

}  // namespace app::testing
