#include "base/time.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::sys_days;

Instant instant(std::string_view text) {
  return parse_utc(text).value();
}
WallTime wall(std::string_view text) {
  return parse_written_time(text).value().wall;
}

TEST(Time, written_times_are_read) {
  struct Case {
    std::string_view text;
    std::string_view wall;
    std::optional<minutes> offset;
  };
  const std::vector<Case> cases{
      {"2027-05-30T16:30", "2027-05-30T16:30", std::nullopt},
      {"2027-05-30T16:30:00", "2027-05-30T16:30", std::nullopt},
      {"2027-05-30T16:30Z", "2027-05-30T16:30", 0min},
      {"2027-05-30T16:30:00Z", "2027-05-30T16:30", 0min},
      {"2027-05-30T16:30-07:00", "2027-05-30T16:30", -420min},
      {"2027-05-30T16:30:00+10:30", "2027-05-30T16:30", 630min},
      {"2027-05-30T16:30-00:00", "2027-05-30T16:30", 0min},
      {"2028-02-29T00:00", "2028-02-29T00:00", std::nullopt},
      {"1970-01-01T00:00", "1970-01-01T00:00", std::nullopt},
      {"2199-12-31T23:59", "2199-12-31T23:59", std::nullopt},
  };
  for (const Case& one : cases) {
    const auto time = parse_written_time(one.text);
    ASSERT_TRUE(time) << one.text;
    EXPECT_EQ(format_wall(time->wall), one.wall);
    EXPECT_EQ(time->offset, one.offset) << one.text;
  }
}

constexpr std::string_view form = "is not a time such as";
struct Refused {
  std::string_view text;
  std::string_view message;
};
const std::vector<Refused> refused{
    {"", form},
    {"2027-05-30", form},
    {"2027-05-30 16:30", form},
    {"2027-05-30t16:30", form},
    {"2027-05-30T16:30z", form},
    {"2027-05-30T24:00", form},
    {"2027-05-30T16:60", form},
    {"2027-05-30T16", form},
    {"2027-05-30T16:30:", form},
    {"2027-05-30T16:30:00.000", form},
    {"2027-05-30T16:30-0700", form},
    {"2027-05-30T16:30-07", form},
    {"2027-05-30T16:30+16:01", form},
    {"2027-05-30T16:30 -07:00", form},
    {"2027-05-30T16:30-07:00x", form},
    {"2027-05-30T16:30[America/Los_Angeles]", form},
    {" 2027-05-30T16:30", form},
    {"2027-5-30T16:30", form},
    {"+027-05-30T16:30", form},
    {"2027-05-30T-1:30", form},
    {"2027-05-30T16:30:30", "must be a whole minute"},
    {"2027-02-29T16:30", "names a day that its month does not have"},
    {"2027-13-01T16:30", "names a day that its month does not have"},
    {"2027-00-01T16:30", "names a day that its month does not have"},
    {"2027-05-00T16:30", "names a day that its month does not have"},
    {"1969-12-31T23:59", "is not within the years 1970 to 2199"},
    {"2200-01-01T00:00", "is not within the years 1970 to 2199"},
};

TEST(Time, other_writings_are_refused) {
  for (const Refused& one : refused) {
    const auto time = parse_written_time(one.text);
    ASSERT_FALSE(time) << one.text;
    EXPECT_EQ(time.error().kind, Kind::invalid);
    EXPECT_TRUE(time.error().message.starts_with(one.message)) << time.error().message;
    EXPECT_TRUE(time.error().faults.empty());
  }
}

TEST(Time, dates_are_read) {
  EXPECT_EQ(*parse_date("2027-05-30"), 2027y / 5 / 30);
  EXPECT_EQ(*parse_date("2028-02-29"), 2028y / 2 / 29);
  for (const std::string_view text : {"", "2027-5-30", "2027-02-29", "2027-05-30T", "20270530",
                                      "1969-12-31", "2200-01-01", "2027-05-3x"})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Time, instants_are_written_in_every_form) {
  const Instant when = sys_days(2027y / 5 / 30) + 23h + 30min + 5s + 999ms;
  EXPECT_EQ(format_utc(when), "2027-05-30T23:30:05Z");
  EXPECT_EQ(format_utc_compact(when), "20270530T233005Z");
  EXPECT_EQ(format_mail_date(when), "Sun, 30 May 2027 23:30:05 +0000");
  EXPECT_EQ(format_mail_date(sys_days(2028y / 2 / 1)), "Tue, 01 Feb 2028 00:00:00 +0000");
  EXPECT_EQ(format_utc(Instant(-1ms)), "1969-12-31T23:59:59Z");
}

TEST(Time, wall_times_are_written_in_every_form) {
  const WallTime when = local_days(2027y / 5 / 30) + 16h + 5min;
  EXPECT_EQ(format_wall(when), "2027-05-30T16:05");
  EXPECT_EQ(format_wall_compact(when), "20270530T160500");
  EXPECT_EQ(date_of(when), 2027y / 5 / 30);
  EXPECT_EQ(minute_of_day(when), 965);
  struct Case {
    minutes offset;
    std::string_view text;
  };
  for (const Case& one :
       {Case{-420min, "2027-05-30T16:05:00-07:00"}, Case{0min, "2027-05-30T16:05:00+00:00"},
        Case{630min, "2027-05-30T16:05:00+10:30"}, Case{-30min, "2027-05-30T16:05:00-00:30"}})
    EXPECT_EQ(format_offset_time({when, Instant(), one.offset, "any"}), one.text);
}

TEST(Time, utc_is_read_as_it_is_written) {
  EXPECT_EQ(instant("2027-05-30T23:30:05Z"), sys_days(2027y / 5 / 30) + 23h + 30min + 5s);
  EXPECT_EQ(format_utc(instant("1970-01-01T00:00:00Z")), "1970-01-01T00:00:00Z");
  for (const std::string_view text :
       {"", "2027-05-30T23:30Z", "2027-05-30T23:30:60Z", "2027-05-30T23:30:05",
        "2027-05-30T23:30:05.000Z", "2027-05-30T23:30:05+00:00", "2027-02-30T23:30:05Z",
        "2027-05-30T23:30:05Z "})
    EXPECT_FALSE(parse_utc(text)) << text;
}

TEST(Time, http_dates_are_read_as_they_are_written) {
  const auto instant = parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
  ASSERT_TRUE(instant);
  EXPECT_EQ(format_utc(*instant), "1994-11-06T08:49:37Z");
  for (const char* bad : {"", "Sun", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                          "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
                          "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                          "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT+1"})
    EXPECT_FALSE(parse_http_date(bad)) << bad;
}

TEST(Time, wall_times_compare_by_the_clock) {
  EXPECT_LT(wall("2027-05-30T16:30"), wall("2027-05-30T16:31"));
}

}  // namespace
}  // namespace base
