// The calendar files, re-read by libical; and times in words.
#include "app/write_calendar.h"

#include <gtest/gtest.h>

#include "app/say_times.h"

#include "tests/app/example_views.h"
#include "tests/base/ical_reader.h"

namespace app {
namespace {

domain::Tenant tenant() {
  domain::Tenant tenant;
  tenant.name = "JADA Charters";
  tenant.zone = "America/Los_Angeles";
  tenant.sites.guest = "queenofsandiego.example";
  domain::Vessel vessel;
  vessel.id = domain::VesselId("jada");
  vessel.name = "JADA";
  vessel.dock = "Harbor Island, west dock";
  tenant.vessels = {vessel};
  return tenant;
}

domain::CalendarEntry entry(const std::string& id, domain::BusyKind kind, const char* starts,
                            const char* ends, const std::string& zone) {
  domain::CalendarEntry entry;
  entry.id = id;
  entry.kind = kind;
  entry.vessel = domain::VesselId("jada");
  entry.title = "Title of " + id;
  entry.starts = testing::moment(starts, zone);
  entry.ends = testing::moment(ends, zone);
  entry.changed_at = base::parse_utc("2027-01-01T00:00:00Z").value();
  entry.sequence = 2;
  return entry;
}

base::testing::ReadCalendar read(const base::Result<std::string>& bytes) {
  EXPECT_TRUE(bytes) << bytes.error().message;
  const auto calendar = base::testing::read_calendar(bytes ? *bytes : "");
  EXPECT_TRUE(calendar);
  if (!calendar) return {};
  EXPECT_EQ(calendar->errors, 0) << calendar->text;
  return *calendar;
}

TEST(OwnerCalendar, has_every_entry_at_its_time) {
  const std::vector<domain::CalendarEntry> entries = {
      entry("jada.1", domain::BusyKind::charter, "2027-05-30T16:30", "2027-05-30T19:30",
            "America/Los_Angeles"),
      entry("jada.2", domain::BusyKind::hold, "2027-11-06T22:00", "2027-11-07T03:00",
            "America/Los_Angeles"),
      entry("jada.3", domain::BusyKind::maintenance, "2027-04-03T22:00", "2027-04-04T05:00",
            "Australia/Lord_Howe")};
  const auto calendar = read(write_owner_calendar(entries, tenant()));
  EXPECT_EQ(calendar.zones,
            (std::vector<std::string>{"America/Los_Angeles", "Australia/Lord_Howe"}));
  ASSERT_EQ(calendar.events.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(calendar.events[i].starts, entries[i].starts.utc);
    EXPECT_EQ(calendar.events[i].ends, entries[i].ends.utc);
    EXPECT_EQ(calendar.events[i].summary, entries[i].title);
    EXPECT_EQ(calendar.events[i].uid, entries[i].id + "@queenofsandiego.example");
    EXPECT_EQ(calendar.events[i].location, "Harbor Island, west dock");
  }
  EXPECT_EQ(calendar.events[0].description, "Charter, JADA");
  EXPECT_EQ(calendar.events[1].status, "TENTATIVE");
  EXPECT_EQ(calendar.events[2].description, "Maintenance, JADA");
}

TEST(OwnerCalendar, says_until_when_a_hold_holds) {
  auto held = entry("jada.2", domain::BusyKind::hold, "2027-11-06T22:00", "2027-11-07T03:00",
                    "America/Los_Angeles");
  EXPECT_EQ(read(write_owner_calendar({held}, tenant())).events[0].description, "Hold, JADA");
  held.expires = testing::moment("2027-11-07T01:30-08:00", "America/Los_Angeles");
  const auto event = read(write_owner_calendar({held}, tenant())).events[0];
  EXPECT_EQ(event.description, "Hold until Sun 7 Nov 2027 1:30 AM PST, JADA");
  EXPECT_EQ(event.status, "TENTATIVE");
}

TEST(OwnerCalendar, says_its_name_and_how_often_to_come_back) {
  const std::string bytes = write_owner_calendar({}, tenant()).value();
  EXPECT_NE(bytes.find("X-WR-CALNAME:JADA Charters\r\n"), std::string::npos);
  EXPECT_NE(bytes.find("X-PUBLISHED-TTL:PT15M\r\n"), std::string::npos);
}

TEST(GuestCalendar, is_the_trip_with_its_page) {
  const auto view = testing::guest_view();
  const std::string page = "https://queenofsandiego.example/g/boatsetter-may-30.html";
  const auto calendar = read(write_guest_calendar(
      view, page, {"jada.1@queenofsandiego.example", 4, testing::mail_frame().date}));
  EXPECT_EQ(calendar.method, "");
  ASSERT_EQ(calendar.events.size(), 1U);
  const auto& event = calendar.events[0];
  EXPECT_EQ(event.summary, "JADA – JADA Charters");
  EXPECT_EQ(event.location, "Harbor Island, west dock");
  EXPECT_EQ(event.description,
            "Gate opens 20 minutes before\nWhat to bring: Soft-soled shoes, A jacket\n" + page);
  EXPECT_EQ(event.url, page);
  EXPECT_EQ(event.sequence, 4);
  EXPECT_EQ(event.starts, view.starts.utc);
  EXPECT_EQ(event.organizer, "");
  EXPECT_FALSE(write_guest_calendar(view, "javascript:x", {"u@x.example", 0, {}}));
}

TEST(GuestCalendar, a_cancelled_trip_is_cancelled_under_the_same_uid) {
  auto view = testing::guest_view();
  view.status = domain::CharterStatus::cancelled;
  const std::string page = "https://queenofsandiego.example/g/boatsetter-may-30.html";
  const EventStamp stamp{"jada.1@queenofsandiego.example", 5, testing::mail_frame().date};
  const auto calendar = read(write_guest_calendar(view, page, stamp));
  EXPECT_EQ(calendar.method, "");
  ASSERT_EQ(calendar.events.size(), 1U);
  const auto& event = calendar.events[0];
  EXPECT_EQ(event.status, "CANCELLED");
  EXPECT_EQ(event.uid, stamp.uid);
  EXPECT_EQ(event.sequence, 5);
  EXPECT_EQ(event.summary, "Cancelled: JADA – JADA Charters");
  EXPECT_EQ(event.description, page);
  EXPECT_EQ(event.starts, view.starts.utc);
}

TEST(OwnerCalendar, a_cancelled_charter_is_cancelled) {
  auto cancelled = entry("jada.1", domain::BusyKind::charter, "2027-05-30T16:30",
                         "2027-05-30T19:30", "America/Los_Angeles");
  cancelled.status = domain::name_of(domain::CharterStatus::cancelled);
  auto confirmed = cancelled;
  confirmed.id = "jada.2";
  confirmed.status = domain::name_of(domain::CharterStatus::confirmed);
  const auto calendar = read(write_owner_calendar({cancelled, confirmed}, tenant()));
  ASSERT_EQ(calendar.events.size(), 2U);
  EXPECT_EQ(calendar.events[0].status, "CANCELLED");
  EXPECT_EQ(calendar.events[0].summary, "Cancelled: Title of jada.1");
  EXPECT_EQ(calendar.events[1].status, "CONFIRMED");
  EXPECT_EQ(calendar.events[1].summary, "Title of jada.1");
}

TEST(SayTimes, days_clocks_zones_and_lengths) {
  const base::Words& words = base::Words::of("en");
  struct Row {
    const char* zone;
    const char* starts;
    const char* ends;
    const char* when;
    const char* length;
  };
  const Row rows[] = {
      {"America/Los_Angeles", "2027-05-30T16:30", "2027-05-30T19:30",
       "Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT", "3 hours"},
      {"Europe/Berlin", "2027-01-02T00:05", "2027-01-02T12:00",
       "Saturday, 2 January 2027, 12:05 AM – 12:00 PM CET", "11 hours 55 minutes"},
      {"America/Los_Angeles", "2027-11-06T22:00", "2027-11-07T03:00",
       "Saturday, 6 November 2027, 10:00 PM PDT – Sunday, 7 November 2027, 3:00 AM PST", "6 hours"},
      {"America/Los_Angeles", "2027-11-07T00:30", "2027-11-07T02:31",
       "Sunday, 7 November 2027, 12:30 AM PDT – 2:31 AM PST", "3 hours 1 minute"},
      {"Australia/Lord_Howe", "2027-07-01T09:00", "2027-07-02T10:00",
       "Thursday, 1 July 2027, 9:00 AM UTC+10:30 – Friday, 2 July 2027, 10:00 AM UTC+10:30",
       "1 day 1 hour"},
      {"America/Sao_Paulo", "2027-07-01T09:00", "2027-07-01T09:45",
       "Thursday, 1 July 2027, 9:00 AM – 9:45 AM UTC−3", "45 minutes"},
  };
  for (const Row& row : rows) {
    const base::Moment starts = testing::moment(row.starts, row.zone);
    const base::Moment ends = testing::moment(row.ends, row.zone);
    EXPECT_EQ(say_when(starts, ends, words), row.when);
    EXPECT_EQ(say_length(starts, ends, words), row.length);
  }
  EXPECT_EQ(say_day_short(testing::moment("2027-05-30T16:30", "UTC"), words), "Sun 30 May 2027");
}

}  // namespace
}  // namespace app
