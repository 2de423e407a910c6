// The zone half of base/time.h, against the zone data of this machine.
#include <thread>

#include <gtest/gtest.h>

#include "tests/base/zone_reader.h"

namespace base {
namespace {

using namespace std::chrono_literals;

Instant instant(std::string_view text) {
  return parse_utc(text).value();
}

std::string outcome(std::string_view written, const std::string& zone) {
  const auto time = parse_written_time(written);
  if (!time) return "unreadable";
  const auto moment = resolve(*time, zone);
  if (!moment) return moment.error().message;
  return format_offset_time(*moment) + " = " + format_utc(moment->utc);
}

TEST(Zones, data_are_present) {
  EXPECT_TRUE(zone_data_present());
}

TEST(Zones, only_iana_names_are_zones) {
  for (const std::string_view name : {"America/Los_Angeles", "Europe/Paris", "UTC", "Etc/GMT+5",
                                      "America/Argentina/Buenos_Aires", "US/Pacific"})
    EXPECT_TRUE(is_zone(name)) << name;
  for (const std::string_view name :
       {"", "america/los_angeles", "PDT", "-07:00", "localtime", "posixrules", "tzdata.zi",
        "America", "America/", "../../etc/passwd", "/etc/localtime", "Europe/Paris\n",
        "America/Nowhere", "/usr/share/zoneinfo/UTC", "Fixed/UTC+05:00:00", "Factory"})
    EXPECT_FALSE(is_zone(name)) << name;
}

struct Written {
  std::string_view zone;
  std::string_view written;
  std::string_view outcome;
};
constexpr std::string_view la = "America/Los_Angeles";
constexpr std::string_view lord_howe = "Australia/Lord_Howe";
const std::vector<Written> written_times{
    {la, "2027-05-30T16:30", "2027-05-30T16:30:00-07:00 = 2027-05-30T23:30:00Z"},
    {la, "2027-05-30T16:30-07:00", "2027-05-30T16:30:00-07:00 = 2027-05-30T23:30:00Z"},
    {la, "2027-12-30T16:30", "2027-12-30T16:30:00-08:00 = 2027-12-31T00:30:00Z"},
    {la, "2027-05-30T16:30+02:00",
     "the offset +02:00 disagrees with America/Los_Angeles, which is at -07:00 then"},
    {la, "2027-05-30T16:30Z",
     "the offset +00:00 disagrees with America/Los_Angeles, which is at -07:00 then"},
    // Spring: 02:00 becomes 03:00.
    {la, "2027-03-14T01:59", "2027-03-14T01:59:00-08:00 = 2027-03-14T09:59:00Z"},
    {la, "2027-03-14T02:00",
     "02:00 does not exist on 2027-03-14 in America/Los_Angeles; the next valid time is 03:00"},
    {la, "2027-03-14T02:30",
     "02:30 does not exist on 2027-03-14 in America/Los_Angeles; the next valid time is 03:00"},
    {la, "2027-03-14T02:30-08:00",
     "02:30 does not exist on 2027-03-14 in America/Los_Angeles; the next valid time is 03:00"},
    {la, "2027-03-14T03:00", "2027-03-14T03:00:00-07:00 = 2027-03-14T10:00:00Z"},
    // Autumn: 02:00 becomes 01:00.
    {la, "2027-11-07T00:59", "2027-11-07T00:59:00-07:00 = 2027-11-07T07:59:00Z"},
    {la, "2027-11-07T01:30",
     "01:30 happens twice on 2027-11-07 in America/Los_Angeles; add the offset: "
     "2027-11-07T01:30-07:00 (the first) or 2027-11-07T01:30-08:00 (the second)"},
    {la, "2027-11-07T01:30-07:00", "2027-11-07T01:30:00-07:00 = 2027-11-07T08:30:00Z"},
    {la, "2027-11-07T01:30-08:00", "2027-11-07T01:30:00-08:00 = 2027-11-07T09:30:00Z"},
    {la, "2027-11-07T01:30-09:00",
     "the offset -09:00 disagrees with America/Los_Angeles, which is at -07:00 or -08:00 then"},
    {la, "2027-11-07T02:00", "2027-11-07T02:00:00-08:00 = 2027-11-07T10:00:00Z"},
    // Half an hour of summer time.
    {lord_howe, "2027-10-03T02:15",
     "02:15 does not exist on 2027-10-03 in Australia/Lord_Howe; the next valid time is 02:30"},
    {lord_howe, "2027-10-03T02:30", "2027-10-03T02:30:00+11:00 = 2027-10-02T15:30:00Z"},
    {lord_howe, "2027-04-04T01:45",
     "01:45 happens twice on 2027-04-04 in Australia/Lord_Howe; add the offset: "
     "2027-04-04T01:45+11:00 (the first) or 2027-04-04T01:45+10:30 (the second)"},
    {lord_howe, "2027-04-04T01:45+10:30", "2027-04-04T01:45:00+10:30 = 2027-04-03T15:15:00Z"},
    // A day that Samoa skipped.
    {"Pacific/Apia", "2011-12-30T12:00",
     "12:00 does not exist on 2011-12-30 in Pacific/Apia; the next valid time is "
     "2011-12-31 00:00"},
    {"UTC", "2027-05-30T16:30", "2027-05-30T16:30:00+00:00 = 2027-05-30T16:30:00Z"},
    {"Asia/Kathmandu", "2027-05-30T16:30", "2027-05-30T16:30:00+05:45 = 2027-05-30T10:45:00Z"},
    {"Mars/Olympus", "2027-05-30T16:30", "the time zone \"Mars/Olympus\" is not known"},
    // After 2037, where zone files have a rule instead of a list.
    {la, "2038-07-01T12:00", "2038-07-01T12:00:00-07:00 = 2038-07-01T19:00:00Z"},
    {la, "2199-12-31T12:00", "2199-12-31T12:00:00-08:00 = 2199-12-31T20:00:00Z"},
    {la, "2199-03-10T02:30",
     "02:30 does not exist on 2199-03-10 in America/Los_Angeles; the next valid time is 03:00"},
};

TEST(Zones, written_times_are_tied_to_a_zone) {
  for (const Written& one : written_times)
    EXPECT_EQ(outcome(one.written, std::string(one.zone)), one.outcome);
}

TEST(Zones, the_docks_clock_at_an_instant) {
  const Moment moment = at(instant("2027-05-30T23:30:59Z"), "America/Los_Angeles");
  EXPECT_EQ(format_offset_time(moment), "2027-05-30T16:30:00-07:00");
  EXPECT_EQ(moment.utc, instant("2027-05-30T23:30:59Z"));
  EXPECT_EQ(moment.zone, "America/Los_Angeles");
  EXPECT_EQ(zone_abbreviation(instant("2027-07-01T00:00:00Z"), "America/Los_Angeles"), "PDT");
  EXPECT_EQ(zone_abbreviation(instant("2027-07-01T00:00:00Z"), "Europe/Paris"), "CEST");
  EXPECT_EQ(zone_abbreviation(instant("2027-07-01T00:00:00Z"), "Asia/Dubai"), "+04");
}

TEST(Zones, days_start_at_their_first_valid_minute) {
  struct Case {
    std::string_view zone;
    std::string_view day;
    std::string_view begin;
  };
  const std::vector<Case> cases{
      {"America/Los_Angeles", "2027-05-30", "2027-05-30T07:00:00Z"},
      {"America/Los_Angeles", "2027-03-14", "2027-03-14T08:00:00Z"},
      {"America/Los_Angeles", "2027-03-15", "2027-03-15T07:00:00Z"},
      {"America/Havana", "2024-03-10", "2024-03-10T05:00:00Z"},  // midnight skipped: 01:00
      {"America/Havana", "2024-11-03", "2024-11-03T04:00:00Z"},  // two midnights: the first
      {"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},    // no such day
      {"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
      {"America/Los_Angeles", "2199-12-31", "2199-12-31T08:00:00Z"},
  };
  for (const Case& one : cases)
    EXPECT_EQ(format_utc(start_of_day(*parse_date(one.day), std::string(one.zone))), one.begin);
}

std::string described(const ZoneStretch& one) {
  return format_utc(one.begin) + " " + std::to_string(one.offset_before.count()) + " to " +
         std::to_string(one.offset.count()) + " " + one.abbreviation +
         (one.daylight ? " daylight" : "");
}

std::vector<std::string> stretches(const std::string& zone, std::string_view from,
                                   std::string_view until) {
  std::vector<std::string> lines;
  for (const ZoneStretch& one : zone_stretches(zone, instant(from), instant(until)))
    lines.push_back(described(one));
  return lines;
}

TEST(Zones, stretches_cover_a_span) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(stretches("America/Los_Angeles", "2027-01-01T00:00:00Z", "2027-12-31T00:00:00Z"),
            (Lines{"2026-11-01T09:00:00Z -420 to -480 PST",
                   "2027-03-14T10:00:00Z -480 to -420 PDT daylight",
                   "2027-11-07T09:00:00Z -420 to -480 PST"}));
  EXPECT_EQ(stretches("America/Los_Angeles", "2027-05-30T23:30:00Z", "2027-05-30T23:30:00Z"),
            (Lines{"2027-03-14T10:00:00Z -480 to -420 PDT daylight"}));
  // Both ends belong to the span.
  EXPECT_EQ(stretches("America/Los_Angeles", "2027-03-14T10:00:00Z", "2027-11-07T09:00:00Z").size(),
            2u);
  EXPECT_EQ(stretches("UTC", "2027-01-01T00:00:00Z", "2027-12-31T00:00:00Z"),
            (Lines{"1970-01-01T00:00:00Z 0 to 0 UTC"}));
  EXPECT_EQ(stretches("Asia/Tokyo", "2027-01-01T00:00:00Z", "2027-12-31T00:00:00Z"),
            (Lines{"1970-01-01T00:00:00Z 540 to 540 JST"}));
  // Zone data call Dublin's winter daylight time; here neither half of its year is.
  EXPECT_EQ(stretches("Europe/Dublin", "2027-02-01T00:00:00Z", "2027-05-01T00:00:00Z"),
            (Lines{"2026-10-25T01:00:00Z 60 to 0 GMT", "2027-03-28T01:00:00Z 0 to 60 IST"}));
  EXPECT_EQ(stretches("Europe/Paris", "2150-05-01T00:00:00Z", "2150-12-01T00:00:00Z"),
            (Lines{"2150-03-29T01:00:00Z 60 to 120 CEST daylight",
                   "2150-10-25T01:00:00Z 120 to 60 CET"}));
}

// From the first years to the last that parse_written_time takes: what a file lists, and its rule.
TEST(Zones, the_c_library_reads_the_same) {
  using namespace std::chrono;
  testing::SystemClock system;
  std::size_t asked = 0;
  for (const std::string& zone : testing::zone_names()) {
    for (Instant when = sys_days(1970y / 1 / 1); when < sys_days(2200y / 1 / 1);
         when += days(97) + hours(5), ++asked)
      ASSERT_EQ(
          std::to_string(at(when, zone).offset.count()) + " " + zone_abbreviation(when, zone),
          std::to_string(system.offset(when, zone).count()) + " " + system.say("%Z", when, zone))
          << zone << " " << format_utc(when);
  }
  EXPECT_GT(asked, 200'000u);
}

TEST(Zones, threads_may_ask_at_once) {
  const auto zones = testing::zone_names();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (const std::string& zone : zones) {
        const Moment moment = at(instant("2027-05-30T12:00:00Z"), zone);
        EXPECT_EQ(moment.utc.time_since_epoch() + moment.offset, moment.wall.time_since_epoch());
      }
    });
  for (std::thread& one : threads) one.join();
}

}  // namespace
}  // namespace base
