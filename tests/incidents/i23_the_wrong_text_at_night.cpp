// I-23: what is sent cannot be called back, and the fear was of the wrong text at three in the
// night. Here nothing leaves in the quiet hours of the dock; what they catch waits, and says what
// is so when it leaves, or is not sent at all.
#include "tests/app/reminders_fixture.h"

namespace incidents {

using app::testing::Lines;
using base::minutes;
using std::chrono::hours;

// Quiet from 17:00 to 08:00; one reminder, two days before.
class TheWrongTextAtNight : public app::testing::RemindersTest {
 protected:
  void quiet_from_five() {
    app::TenantFile file = app::testing::tenant_file();
    file.tenant.reminders.crew = {hours(48)};
    file.tenant.reminders.guest = {};
    file.tenant.reminders.civil = {minutes(8 * 60), minutes(17 * 60)};
    ASSERT_TRUE(app::apply_tenant(installation, world, file));
  }
  // A trip whose reminder falls on that moment; it is booked the day before.
  void remind_at(base::Instant moment) {
    clock.advance(moment - hours(30) - clock.now());
    auto request = app::testing::plain_request(
        base::format_wall(base::at(moment + hours(48), "America/Los_Angeles").wall));
    request.booking.crew = {app::testing::slot("ana", "captain")};
    trip = booked(request);
    run_all();
    news();
  }
};

struct Night {
  const char* what;
  const char* falls;  // UTC
  const char* leaves;
};
void PrintTo(const Night& night, std::ostream* out) {
  *out << night.what;
}

class EachNight : public TheWrongTextAtNight, public ::testing::WithParamInterface<Night> {};

TEST_P(EachNight, waits_for_the_morning) {
  quiet_from_five();
  const auto utc = [](const char* text) { return base::parse_utc(text).value(); };
  const auto clock_at_dock = [](base::Instant instant) {
    return base::format_wall(base::at(instant, "America/Los_Angeles").wall);
  };
  remind_at(utc(GetParam().falls));
  const base::Instant leaves = utc(GetParam().leaves);
  until(clock_at_dock(leaves - minutes(1)));
  EXPECT_EQ(news(), Lines{});
  until(clock_at_dock(leaves));
  EXPECT_EQ(news(), Lines{"crew_reminder.1.48.ana"});
}

INSTANTIATE_TEST_SUITE_P(
    IncidentI23, EachNight,
    ::testing::Values(
        Night{"plain_1659", "2027-07-10T23:59:00Z", "2027-07-10T23:59:00Z"},
        Night{"plain_1700", "2027-07-11T00:00:00Z", "2027-07-11T15:00:00Z"},
        Night{"plain_0759", "2027-07-11T14:59:00Z", "2027-07-11T15:00:00Z"},
        Night{"plain_0800", "2027-07-11T15:00:00Z", "2027-07-11T15:00:00Z"},
        // The clocks go back in the night to Sunday, 7 November: 08:00 is at 16:00 UTC from then.
        Night{"autumn_1659", "2027-11-06T23:59:00Z", "2027-11-06T23:59:00Z"},
        Night{"autumn_1700", "2027-11-07T00:00:00Z", "2027-11-07T16:00:00Z"},
        Night{"autumn_0759", "2027-11-07T15:59:00Z", "2027-11-07T16:00:00Z"},
        Night{"autumn_0800", "2027-11-07T16:00:00Z", "2027-11-07T16:00:00Z"},
        // And forward in the night to Sunday, 12 March: 08:00 is at 15:00 UTC from then.
        Night{"spring_1659", "2028-03-12T00:59:00Z", "2028-03-12T00:59:00Z"},
        Night{"spring_1700", "2028-03-12T01:00:00Z", "2028-03-12T15:00:00Z"},
        Night{"spring_0759", "2028-03-12T14:59:00Z", "2028-03-12T15:00:00Z"},
        Night{"spring_0800", "2028-03-12T15:00:00Z", "2028-03-12T15:00:00Z"}),
    [](const auto& night) { return std::string(night.param.what); });

// A mail server that was away until the quiet began: the message waits.
class CaughtByTheQuiet : public TheWrongTextAtNight {
 protected:
  void SetUp() override {
    TheWrongTextAtNight::SetUp();
    quiet_from_five();
    remind_at(wall("2027-07-10T16:58"));
    until("2027-07-10T16:57");
    mail_server.refusal = base::unavailable("away");
    until("2027-07-10T17:05");
    mail_server.refusal.reset();
    until("2027-07-10T22:00");
    EXPECT_EQ(news(), Lines{});
  }
  domain::Job message() { return job_named("crew_reminder.1.48.ana"); }
};

TEST_F(CaughtByTheQuiet, leaves_in_the_morning) {
  EXPECT_EQ(message().state, domain::JobState::planned);
  EXPECT_EQ(message().due_at, wall("2027-07-11T08:00"));
  until("2027-07-11T07:59");
  EXPECT_EQ(news(), Lines{});
  until("2027-07-11T08:00");
  EXPECT_EQ(news(), Lines{"crew_reminder.1.48.ana"});
}

TEST_F(CaughtByTheQuiet, does_not_leave_for_a_trip_that_was_cancelled_meanwhile) {
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  until("2027-07-11T07:00");
  news();
  until("2027-07-11T12:00");
  EXPECT_EQ(news(), Lines{});
  EXPECT_EQ(message().state, domain::JobState::stale);
  EXPECT_EQ(message().last_error, "The trip was cancelled");
}

TEST_F(CaughtByTheQuiet, says_the_new_time_of_a_trip_that_was_moved_meanwhile) {
  ASSERT_TRUE(move_to("2027-07-12T15:15"));
  until("2027-07-11T07:00");
  news();
  until("2027-07-11T12:00");
  EXPECT_EQ(news(), Lines{"crew_reminder.1.48.ana"});
  const std::string text = text_of("crew_reminder.1.48.ana");
  EXPECT_NE(text.find("3:15 PM"), std::string::npos);
  EXPECT_EQ(text.find("4:58 PM"), std::string::npos);
}

TEST_F(CaughtByTheQuiet, gives_way_to_the_reminder_of_a_trip_that_was_put_off) {
  ASSERT_TRUE(move_to("2027-07-20T15:15"));
  until("2027-07-11T07:00");
  news();
  until("2027-07-11T12:00");
  EXPECT_EQ(news(), Lines{});
  EXPECT_EQ(message().last_error, "The trip was moved; another reminder leaves for it");
  until("2027-07-18T15:15");
  EXPECT_EQ(news(), Lines{"crew_reminder.2.48.ana"});
}

// The morning is too late for a reminder of three hours before eight o'clock.
class TheEveningBefore : public TheWrongTextAtNight {
 protected:
  void SetUp() override {
    TheWrongTextAtNight::SetUp();
    app::TenantFile file = app::testing::tenant_file();
    file.tenant.reminders.crew = {hours(3)};
    file.tenant.reminders.guest = {};
    ASSERT_TRUE(app::apply_tenant(installation, world, file));
    ASSERT_TRUE(move_to("2027-05-30T08:00"));
    until("2027-05-29T19:58");
    news();
  }
  const Lines all{"crew_reminder.2.3.ana", "crew_reminder.2.3.ben", "crew_reminder.2.3.cleo"};
};

TEST_F(TheEveningBefore, is_when_the_reminder_of_an_early_trip_leaves) {
  until("2027-05-29T19:59");
  EXPECT_EQ(news(), all);
}

// A sweep comes once a minute.
TEST_F(TheEveningBefore, a_runner_that_is_a_minute_late_is_in_time) {
  away_until("2027-05-29T20:01");
  until("2027-05-29T20:01");
  EXPECT_EQ(news(), all);
}

TEST_F(TheEveningBefore, what_missed_it_says_that_it_can_never_leave) {
  away_until("2027-05-29T23:00");
  until("2027-05-29T23:01");
  EXPECT_EQ(news(), Lines{});
  EXPECT_EQ(job_named("crew_reminder.2.3.ana").state, domain::JobState::failed);
  EXPECT_EQ(job_named("crew_reminder.2.3.ana").last_error,
            "The trip begins before the quiet hours end");
}

}  // namespace incidents
