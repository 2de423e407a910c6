#include "domain/reminders.h"

#include <gtest/gtest.h>

namespace {

using base::minutes;
using domain::Leaves;
using domain::Reader;
using std::chrono::hours;

constexpr const char* zone = "America/Los_Angeles";

base::Instant wall(const char* text) {
  return base::resolve(*base::parse_written_time(text), zone)->utc;
}
base::Instant utc(const char* text) {
  return *base::parse_utc(text);
}

domain::Trip trip_at(base::Instant starts) {
  return {{starts, starts + hours(3)}, zone};
}
domain::Trip trip_at(const char* starts) {
  return trip_at(wall(starts));
}

domain::ReminderRules crew_rules(std::vector<hours> before) {
  domain::ReminderRules rules;
  rules.crew = std::move(before);
  rules.guest.clear();
  return rules;
}

// "{hours} {dock's clock}", with what is not usual of it.
std::vector<std::string> said(const std::vector<domain::Reminder>& reminders) {
  std::vector<std::string> lines;
  for (const domain::Reminder& one : reminders)
    lines.push_back(std::to_string(one.before.count()) + " " +
                    base::format_wall(base::at(one.leaves_at, zone).wall) +
                    (one.leaves == Leaves::by_quiet ? " moved" : "") +
                    (one.has_weather ? " weather" : ""));
  return lines;
}
using Said = std::vector<std::string>;

TEST(Reminders, leave_so_long_before_the_start) {
  EXPECT_EQ(said(domain::reminders_of(trip_at("2027-05-30T16:30"),
                                      crew_rules({hours(168), hours(24), hours(3)}))),
            (Said{"168 2027-05-23T16:30", "24 2027-05-29T16:30 weather", "3 2027-05-30T13:30"}));
}

TEST(Reminders, are_for_crew_and_guest_each_by_their_own_hours) {
  domain::ReminderRules rules;
  rules.crew = {hours(24)};
  rules.guest = {hours(48), hours(24)};
  const auto all = domain::reminders_of(trip_at("2027-05-30T16:30"), rules);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].reader, Reader::guest);
  EXPECT_FALSE(all[0].has_weather) << "a guest is told no weather";
  EXPECT_EQ(all[1].reader, Reader::crew);
  rules.crew.clear();
  rules.guest.clear();
  EXPECT_TRUE(domain::reminders_of(trip_at("2027-05-30T16:30"), rules).empty());
}

// Each: the trip, the hours, when it leaves. Quiet is from 20:00 to 08:00.
TEST(Reminders, keep_out_of_the_quiet_hours) {
  struct Case {
    const char* trip;
    int before;
    const char* leaves;
  };
  for (const Case& one : {
           Case{"2027-05-30T19:59", 24, "2027-05-29T19:59"},
           Case{"2027-05-30T20:00", 24, "2027-05-30T08:00"},
           Case{"2027-05-30T07:59", 24, "2027-05-29T08:00"},
           Case{"2027-05-30T08:00", 24, "2027-05-29T08:00"},
           Case{"2027-05-30T09:00", 3, "2027-05-30T08:00"},  // an hour before: in time
           Case{"2027-05-30T08:59", 3, "2027-05-29T19:59"},
           Case{"2027-05-30T08:00", 3, "2027-05-29T19:59"},
           Case{"2027-05-30T02:00", 3, "2027-05-29T19:59"},  // falls into the evening itself
           Case{"2027-05-30T23:30", 3, "2027-05-30T19:59"},
           Case{"2027-05-30T22:59", 3, "2027-05-30T19:59"},
       }) {
    const auto all = domain::reminders_of(trip_at(one.trip), crew_rules({hours(one.before)}));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].leaves_at, wall(one.leaves)) << one.trip << " " << said(all)[0];
  }
}

TEST(Reminders, that_come_together_by_the_quiet_are_one) {
  EXPECT_EQ(said(domain::reminders_of(trip_at("2027-05-30T06:00"),
                                      crew_rules({hours(10), hours(8), hours(3)}))),
            (Said{"3 2027-05-29T19:59 moved"}));
  // The weather goes with the one that stands.
  EXPECT_EQ(
      said(domain::reminders_of(trip_at("2027-05-30T21:00"), crew_rules({hours(24), hours(12)}))),
      (Said{"12 2027-05-30T09:00 weather"}));
  domain::ReminderRules short_days = crew_rules({hours(24), hours(3)});
  short_days.civil = {minutes(10 * 60), minutes(11 * 60)};
  EXPECT_EQ(said(domain::reminders_of(trip_at("2027-05-30T12:00"), short_days)),
            (Said{"3 2027-05-30T10:00 moved weather"}));
}

TEST(Reminders, that_a_tenant_wants_near_to_one_another_stay_two) {
  EXPECT_EQ(
      domain::reminders_of(trip_at("2027-05-30T16:30"), crew_rules({hours(4), hours(3)})).size(),
      2U);
}

TEST(Reminders, bring_the_weather_once_between_two_days_and_half_a_day) {
  const auto with_weather = [](std::vector<hours> before) {
    Said found;
    for (const auto& one : domain::reminders_of(trip_at("2027-05-30T12:00"), crew_rules(before)))
      if (one.has_weather) found.push_back(std::to_string(one.before.count()));
    return found;
  };
  EXPECT_EQ(with_weather({hours(48), hours(24), hours(3)}), Said{"24"});
  EXPECT_EQ(with_weather({hours(168), hours(48)}), Said{"48"});
  EXPECT_EQ(with_weather({hours(12), hours(24)}), Said{"12"});
  EXPECT_EQ(with_weather({hours(49), hours(11)}), Said{});
}

TEST(Reminders, whose_time_is_past_when_a_trip_is_booked_do_not_leave) {
  const auto rules = crew_rules({hours(168), hours(24), hours(3)});
  const auto trip = trip_at("2027-05-30T16:30");
  EXPECT_EQ(said(domain::reminders_after(wall("2027-05-29T12:00"), trip, rules)),
            (Said{"24 2027-05-29T16:30 weather", "3 2027-05-30T13:30"}));
  EXPECT_EQ(said(domain::reminders_after(wall("2027-05-29T16:30"), trip, rules)),
            (Said{"3 2027-05-30T13:30"}));
  EXPECT_TRUE(domain::reminders_after(wall("2027-05-30T13:30"), trip, rules).empty());
}

// Hours are hours: a day that is 23 or 25 hours long moves the wall time, and the quiet is the
// dock's all the same.
TEST(Reminders, know_the_nights_in_which_the_clocks_change) {
  EXPECT_EQ(said(domain::reminders_of(trip_at("2027-03-14T12:00"), crew_rules({hours(24)}))),
            (Said{"24 2027-03-13T11:00 weather"}));
  EXPECT_EQ(said(domain::reminders_of(trip_at("2027-11-07T12:00"), crew_rules({hours(24)}))),
            (Said{"24 2027-11-06T13:00 weather"}));
  const auto spring = domain::reminders_of(trip_at("2027-03-14T09:00"), crew_rules({hours(3)}));
  EXPECT_EQ(spring[0].leaves_at, utc("2027-03-14T15:00:00Z"));  // 08:00 PDT
  const auto spring_eve = domain::reminders_of(trip_at("2027-03-14T08:00"), crew_rules({hours(3)}));
  EXPECT_EQ(spring_eve[0].leaves_at, utc("2027-03-14T03:59:00Z"));  // 19:59 PST
  const auto autumn = domain::reminders_of(trip_at("2027-11-07T09:00"), crew_rules({hours(3)}));
  EXPECT_EQ(autumn[0].leaves_at, utc("2027-11-07T16:00:00Z"));  // 08:00 PST
  const auto autumn_eve = domain::reminders_of(trip_at("2027-11-07T08:00"), crew_rules({hours(3)}));
  EXPECT_EQ(autumn_eve[0].leaves_at, utc("2027-11-07T02:59:00Z"));  // 19:59 PDT
}

}  // namespace
