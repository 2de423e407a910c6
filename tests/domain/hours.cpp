// What one member worked: clocked, said as a number, approved.
#include "domain/hours.h"

#include "tests/domain/example.h"

namespace domain {
namespace {

using base::Instant;
using testing::example_charter;

Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}

// Of the example's trip, 16:30 to 19:30: the clock of its dock's day.
Instant dock(const std::string& clock) {
  return testing::moment("2027-05-30T" + clock).utc;
}

std::string shown(const Hours& hours) {
  std::string text(name_of(state_of(hours)));
  for (const Stint& stint : hours.stints)
    text += " " + base::format_utc(stint.begins).substr(11, 8) + "-" +
            (stint.ends ? base::format_utc(*stint.ends).substr(11, 8) : "");
  if (const auto total = total_of(hours)) text += " " + total->text() + " h";
  return text;
}

std::string code_of(const base::Result<Hours>& refused) {
  return refused ? "was taken" : refused.error().code;
}

// In and out at these clocks, one after another.
Hours clocked(const std::vector<std::string>& clocks) {
  Hours hours;
  for (std::size_t i = 0; i < clocks.size(); ++i) {
    const auto next = i % 2 == 0 ? clocked_in(hours, example_charter(), dock(clocks[i]))
                                 : clocked_out(hours, example_charter(), dock(clocks[i]));
    EXPECT_TRUE(next) << clocks[i];
    if (next) hours = *next;
  }
  return hours;
}

TEST(Hours, states_are_what_was_said_last) {
  EXPECT_EQ(shown({}), "none");
  EXPECT_EQ(shown(clocked({"16:00"})), "open 23:00:00-");
  EXPECT_EQ(shown(clocked({"16:00", "19:45"})), "entered 23:00:00-02:45:00 3.75 h");
  EXPECT_EQ(shown({{}, decimal("0")}), "entered 0 h") << "nothing worked is something said";
  EXPECT_EQ(shown({{}, decimal("4.25"), true}), "approved 4.25 h");
}

TEST(Hours, clocked_time_is_rounded_once_over_all_stints_to_the_nearest_quarter) {
  const struct {
    std::vector<std::string> clocks;
    const char* total;
  } cases[] = {
      {{"16:00", "19:00"}, "3"},
      {{"16:00", "19:07"}, "3"},
      {{"16:00", "19:08"}, "3.25"},
      {{"16:00", "16:07"}, "0"},
      // Seven minutes three times are 21, not nothing three times.
      {{"16:00", "16:07", "17:00", "17:07", "18:00", "18:07"}, "0.25"},
      {{"16:00", "16:08", "17:00", "17:08"}, "0.25"},
  };
  for (const auto& [clocks, total] : cases)
    EXPECT_EQ(total_of(clocked(clocks)).value().text(), total) << clocks.back();
  // Half a quarter is a quarter; a second less is none.
  const Instant begins = dock("16:00");
  const auto after = [&](std::chrono::seconds worked) {
    return total_of({{{begins, begins + worked}}, {}}).value().text();
  };
  EXPECT_EQ(after(std::chrono::seconds(450)), "0.25");
  EXPECT_EQ(after(std::chrono::seconds(449)), "0");
}

TEST(Hours, a_night_in_which_the_clocks_change_is_as_long_as_it_was) {
  Charter charter = example_charter();
  charter.starts = testing::moment("2027-11-06T22:00");
  charter.ends = testing::moment("2027-11-07T04:00");
  const auto in = clocked_in({}, charter, testing::moment("2027-11-06T22:00").utc);
  const auto out = clocked_out(in.value(), charter, testing::moment("2027-11-07T04:00").utc);
  EXPECT_EQ(total_of(out.value()).value().text(), "7");
}

TEST(Hours, clocking_in_twice_is_one_stint) {
  const Hours once = clocked({"16:00"});
  EXPECT_EQ(clocked_in(once, example_charter(), dock("16:05")).value(), once);
}

TEST(Hours, the_clock_runs_from_six_hours_before_to_six_hours_after) {
  const Charter charter = example_charter();
  const Instant opens = dock("10:30");
  const Instant closes = charter.ends.utc + std::chrono::hours(6);
  const std::chrono::milliseconds moment{1};
  EXPECT_EQ(code_of(clocked_in({}, charter, opens - moment)), clock_closed);
  const Hours early = clocked_in({}, charter, opens).value();
  EXPECT_EQ(code_of(clocked_out(early, charter, closes + moment)), clock_closed);
  EXPECT_EQ(total_of(clocked_out(early, charter, closes).value()), hours_max(charter));
  EXPECT_TRUE(clocked_in({}, charter, closes));
  EXPECT_EQ(code_of(clocked_in({}, charter, closes + moment)), clock_closed);
  EXPECT_FALSE(total_of(early)) << "nobody guesses when they left";
}

TEST(Hours, out_without_in_is_refused) {
  EXPECT_EQ(code_of(clocked_out({}, example_charter(), dock("17:00"))), not_clocked_in);
  EXPECT_EQ(code_of(clocked_out(clocked({"16:00", "17:00"}), example_charter(), dock("17:01"))),
            not_clocked_in);
}

TEST(Hours, a_stint_is_never_without_time_and_none_overlaps) {
  EXPECT_EQ(shown(clocked({"16:00", "16:00"})), "entered 23:00:00-23:00:01 0 h");
  EXPECT_EQ(shown(clocked({"16:00", "15:59"})), "entered 23:00:00-23:00:01 0 h");
  EXPECT_EQ(shown(clocked({"16:00", "16:00", "16:00"})), "open 23:00:00-23:00:01 23:00:01-");
  const Hours ahead{{{dock("16:00"), dock("18:00")}}, {}};
  EXPECT_EQ(code_of(clocked_in(ahead, example_charter(), dock("17:00"))), hours_entered);
  Hours often;
  for (std::size_t i = 0; i < stints_max; ++i) {
    const Instant at = dock("16:00") + std::chrono::minutes(2 * i);
    often = clocked_in(often, example_charter(), at).value();
    often = clocked_out(often, example_charter(), at + std::chrono::minutes(1)).value();
  }
  EXPECT_EQ(code_of(clocked_in(often, example_charter(), dock("18:00"))), clock_closed);
}

TEST(Hours, a_number_stands_in_place_of_stints_unless_it_is_what_they_come_to) {
  const Charter charter = example_charter();
  const Hours stints = clocked({"16:00", "19:45"});
  EXPECT_EQ(with_number(stints, charter, decimal("3.75")).value(), stints);
  EXPECT_EQ(shown(with_number(stints, charter, decimal("4")).value()), "entered 4 h");
  EXPECT_EQ(shown(with_number(clocked({"16:00"}), charter, decimal("2")).value()), "entered 2 h");
  EXPECT_EQ(code_of(clocked_in({{}, decimal("4")}, charter, dock("17:00"))), hours_entered);
  EXPECT_EQ(hours_max(charter).text(), "15");
  EXPECT_TRUE(with_number({}, charter, decimal("15")));
  const auto more = with_number({}, charter, decimal("15.25"));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().faults.at(0).field, "hours");
}

TEST(Hours, numbers_are_quarters) {
  for (const char* good : {"0", "3", "3.25", "3.5", "3.50", ".75", "03.250"})
    EXPECT_TRUE(parse_quarter_hours(good)) << good;
  for (const char* bad :
       {"", ".", "3.3", "3.1250", "-1", "+1", "3,25", "1e1", "3.", " 3", "3h", "3.25.0", "1000000"})
    EXPECT_FALSE(parse_quarter_hours(bad)) << bad;
  EXPECT_EQ(parse_quarter_hours(".75")->text(), "0.75");
}

TEST(Hours, stints_that_overlap_or_end_before_they_begin_are_refused_by_name) {
  const struct {
    std::vector<Stint> stints;
    const char* field;
  } cases[] = {
      {{{dock("17:00"), dock("16:00")}}, "stints[0].ends_at"},
      {{{dock("17:00"), dock("17:00")}}, "stints[0].ends_at"},
      {{{dock("16:00"), dock("17:00")}, {dock("16:59"), dock("18:00")}}, "stints[1].begins_at"},
      {{{dock("17:00"), dock("18:00")}, {dock("15:00"), dock("16:00")}}, "stints[1].begins_at"},
      {{{dock("10:29"), dock("17:00")}}, "stints[0].begins_at"},
      {{{dock("17:00"), dock("17:00") + std::chrono::hours(9)}}, "stints[0].ends_at"},
  };
  for (const auto& [stints, field] : cases) {
    const auto result = with_stints(example_charter(), stints);
    ASSERT_FALSE(result) << field;
    EXPECT_EQ(result.error().faults.at(0).field, field);
  }
  const auto taken = with_stints(example_charter(),
                                 {{dock("15:30"), dock("16:00")}, {dock("16:00"), dock("20:00")}});
  EXPECT_EQ(shown(taken.value()), "entered 22:30:00-23:00:00 23:00:00-03:00:00 4.5 h");
}

TEST(Hours, approved_ones_are_the_owners) {
  Hours hours = clocked({"16:00", "19:45"});
  hours.approved = true;
  EXPECT_EQ(code_of(clocked_in(hours, example_charter(), dock("20:00"))), hours_approved);
  EXPECT_EQ(code_of(clocked_out(hours, example_charter(), dock("20:00"))), hours_approved);
  EXPECT_FALSE(refuse_approved(hours));
  hours.approved = false;
  EXPECT_TRUE(refuse_approved(hours));
}

}  // namespace
}  // namespace domain
