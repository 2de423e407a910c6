// Which busy times stand in each other's way, and which months they touch.
#include "domain/schedule.h"

#include <gtest/gtest.h>

#include "tests/domain/example.h"

namespace domain {
namespace {

using base::minutes;
using testing::utc;

constexpr minutes turnaround{60};

Busy busy(std::string_view from, std::string_view until, BusyKind kind = BusyKind::charter,
          std::string holder = "jada.first") {
  return {{utc(from), utc(until)}, kind, std::move(holder), "A trip"};
}

struct Meeting {
  const char* from;
  const char* until;
  bool in_the_way;
};

// What may stand beside one trip, on a day like any other, around midnight, and at the ends of a
// month, a year and a February.
void expect_meetings(const Busy& taken, minutes apart, const std::vector<Meeting>& cases,
                     BusyKind wanted = BusyKind::charter) {
  const BusyMonth month{{taken}};
  for (const Meeting& one : cases) {
    const Busy asked = busy(one.from, one.until, wanted, "jada.second");
    EXPECT_EQ(month.in_the_way(asked, apart) != nullptr, one.in_the_way)
        << one.from << " to " << one.until;
    // Who was there first makes no difference.
    EXPECT_EQ(BusyMonth{{asked}}.in_the_way(taken, apart) != nullptr, one.in_the_way)
        << one.from << " to " << one.until << ", the other way round";
  }
}

TEST(Schedule, touching_ends_do_not_overlap) {
  expect_meetings(busy("2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z"), minutes(0),
                  {{"2027-05-30T09:00:00Z", "2027-05-30T12:00:00Z", false},
                   {"2027-05-30T15:00:00Z", "2027-05-30T18:00:00Z", false},
                   {"2027-05-30T09:00:00Z", "2027-05-30T12:01:00Z", true},
                   {"2027-05-30T14:59:00Z", "2027-05-30T18:00:00Z", true},
                   {"2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z", true},
                   {"2027-05-30T13:00:00Z", "2027-05-30T14:00:00Z", true},
                   {"2027-05-30T09:00:00Z", "2027-05-30T18:00:00Z", true},
                   {"2027-05-29T12:00:00Z", "2027-05-29T15:00:00Z", false}});
}

TEST(Schedule, turnaround_is_kept_before_and_after_a_trip) {
  expect_meetings(busy("2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z"), turnaround,
                  {{"2027-05-30T09:00:00Z", "2027-05-30T11:00:00Z", false},
                   {"2027-05-30T09:00:00Z", "2027-05-30T11:01:00Z", true},
                   {"2027-05-30T09:00:00Z", "2027-05-30T12:00:00Z", true},
                   {"2027-05-30T15:00:00Z", "2027-05-30T18:00:00Z", true},
                   {"2027-05-30T15:59:00Z", "2027-05-30T18:00:00Z", true},
                   {"2027-05-30T16:00:00Z", "2027-05-30T18:00:00Z", false}});
}

TEST(Schedule, a_trip_across_midnight_is_one_trip) {
  expect_meetings(busy("2027-05-30T22:00:00Z", "2027-05-31T02:00:00Z"), turnaround,
                  {{"2027-05-30T18:00:00Z", "2027-05-30T21:00:00Z", false},
                   {"2027-05-30T23:00:00Z", "2027-05-30T23:30:00Z", true},
                   {"2027-05-31T00:00:00Z", "2027-05-31T01:00:00Z", true},
                   {"2027-05-31T02:30:00Z", "2027-05-31T05:00:00Z", true},
                   {"2027-05-31T03:00:00Z", "2027-05-31T05:00:00Z", false}});
}

TEST(Schedule, the_ends_of_months_and_years_part_nothing) {
  expect_meetings(busy("2027-05-31T23:00:00Z", "2027-06-01T00:00:00Z"), turnaround,
                  {{"2027-06-01T00:00:00Z", "2027-06-01T03:00:00Z", true},
                   {"2027-06-01T00:59:00Z", "2027-06-01T03:00:00Z", true},
                   {"2027-06-01T01:00:00Z", "2027-06-01T03:00:00Z", false}});
  expect_meetings(busy("2027-12-31T22:00:00Z", "2028-01-01T01:00:00Z"), turnaround,
                  {{"2028-01-01T00:30:00Z", "2028-01-01T03:00:00Z", true},
                   {"2028-01-01T02:00:00Z", "2028-01-01T03:00:00Z", false}});
  expect_meetings(busy("2028-02-29T20:00:00Z", "2028-02-29T23:30:00Z"), turnaround,
                  {{"2028-03-01T00:00:00Z", "2028-03-01T03:00:00Z", true},
                   {"2028-03-01T00:30:00Z", "2028-03-01T03:00:00Z", false}});
}

TEST(Schedule, maintenance_may_touch_trips_but_not_overlap_them) {
  const std::vector<Meeting> cases = {{"2027-05-30T09:00:00Z", "2027-05-30T12:00:00Z", false},
                                      {"2027-05-30T15:00:00Z", "2027-05-30T18:00:00Z", false},
                                      {"2027-05-30T14:59:00Z", "2027-05-30T18:00:00Z", true}};
  expect_meetings(busy("2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z"), turnaround, cases,
                  BusyKind::maintenance);
  expect_meetings(busy("2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z", BusyKind::maintenance),
                  turnaround, cases, BusyKind::maintenance);
}

TEST(Schedule, a_hold_keeps_turnaround_like_a_charter) {
  for (const BusyKind taken : {BusyKind::charter, BusyKind::hold})
    for (const BusyKind wanted : {BusyKind::charter, BusyKind::hold})
      expect_meetings(busy("2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z", taken), turnaround,
                      {{"2027-05-30T15:30:00Z", "2027-05-30T18:00:00Z", true},
                       {"2027-05-30T16:00:00Z", "2027-05-30T18:00:00Z", false}},
                      wanted);
}

TEST(Schedule, names_the_first_in_the_way_and_never_itself) {
  const Busy first = busy("2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z");
  const Busy second =
      busy("2027-05-30T17:00:00Z", "2027-05-30T19:00:00Z", BusyKind::hold, "jada.second");
  BusyMonth month{{first, second}};
  const Busy wanted =
      busy("2027-05-30T14:00:00Z", "2027-05-30T18:00:00Z", BusyKind::charter, "jada.third");
  ASSERT_NE(month.in_the_way(wanted, turnaround), nullptr);
  EXPECT_EQ(month.in_the_way(wanted, turnaround)->holder, "jada.first");
  // A charter that is moved is not in its own way.
  Busy moved = wanted;
  moved.holder = "jada.first";
  ASSERT_NE(month.in_the_way(moved, turnaround), nullptr);
  EXPECT_EQ(month.in_the_way(moved, turnaround)->holder, "jada.second");
  month.remove("jada.second");
  EXPECT_EQ(month.in_the_way(moved, turnaround), nullptr);
  EXPECT_EQ(month.intervals.size(), 1U);
  month.remove("nobody");
  EXPECT_EQ(month.intervals.size(), 1U);
}

TEST(Schedule, drops_what_has_lapsed_by_now_and_nothing_else) {
  Busy brief = busy("2027-05-30T12:00:00Z", "2027-05-30T15:00:00Z", BusyKind::hold, "jada.brief");
  brief.lapses_at = utc("2027-05-20T09:00:00Z");
  Busy longer = brief;
  longer.holder = "jada.longer";
  longer.lapses_at = utc("2027-05-30T15:00:00Z");
  Busy lasting = brief;
  lasting.holder = "jada.lasting";
  lasting.lapses_at.reset();
  BusyMonth month{{brief, longer, lasting}};
  month.drop_lapsed(*brief.lapses_at - std::chrono::milliseconds(1));
  EXPECT_EQ(month.intervals.size(), 3U);
  month.drop_lapsed(*brief.lapses_at);
  ASSERT_EQ(month.intervals.size(), 2U);
  EXPECT_EQ(month.intervals[0].holder, "jada.longer");
  month.drop_lapsed(*longer.lapses_at + std::chrono::years(1));
  ASSERT_EQ(month.intervals.size(), 1U);
  EXPECT_EQ(month.intervals[0].holder, "jada.lasting");
}

struct MonthsCase {
  const char* from;
  const char* until;
  std::vector<std::string> months;
};

// Half open: a trip that ends as a month begins does not touch that month.
TEST(Schedule, months_are_those_an_interval_touches) {
  const MonthsCase cases[] = {
      {"2027-05-30T23:30:00Z", "2027-05-31T02:30:00Z", {"2027-05"}},
      {"2027-05-31T23:00:00Z", "2027-06-01T00:00:00Z", {"2027-05"}},
      {"2027-05-31T23:00:00Z", "2027-06-01T00:01:00Z", {"2027-05", "2027-06"}},
      {"2027-06-01T00:00:00Z", "2027-06-01T03:00:00Z", {"2027-06"}},
      {"2027-12-31T22:00:00Z", "2028-01-01T01:00:00Z", {"2027-12", "2028-01"}},
      {"2028-02-28T12:00:00Z", "2028-03-01T12:00:00Z", {"2028-02", "2028-03"}},
      {"2027-10-15T00:00:00Z",
       "2028-02-01T00:00:00Z",
       {"2027-10", "2027-11", "2027-12", "2028-01"}},
  };
  for (const MonthsCase& one : cases)
    EXPECT_EQ(months_of({utc(one.from), utc(one.until)}), one.months) << one.from;
}

// The month's record is found by UTC, whatever the dock's day is.
TEST(Schedule, a_month_is_one_of_utc) {
  EXPECT_EQ(month_of(testing::moment("2027-05-31T16:59").utc), "2027-05");
  EXPECT_EQ(month_of(testing::moment("2027-05-31T17:00").utc), "2027-06");
}

// Turnaround reaches into the next month, and the commit must check that month's record too.
TEST(Schedule, widening_reaches_over_the_end_of_a_month) {
  const Interval evening{utc("2027-05-31T20:00:00Z"), utc("2027-05-31T23:30:00Z")};
  EXPECT_EQ(months_of(evening), (std::vector<std::string>{"2027-05"}));
  EXPECT_EQ(months_of(evening.widened(turnaround)),
            (std::vector<std::string>{"2027-05", "2027-06"}));
  EXPECT_EQ(months_of(evening.widened(minutes(30))), (std::vector<std::string>{"2027-05"}));
}

TEST(Schedule, kinds_have_names) {
  testing::expect_names_round_trip<BusyKind>({{BusyKind::charter, "charter"},
                                              {BusyKind::hold, "hold"},
                                              {BusyKind::maintenance, "maintenance"}},
                                             busy_kind_from);
}

}  // namespace
}  // namespace domain
