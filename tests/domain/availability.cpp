// Which days can be said, and what then stands.
#include "domain/availability.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

std::chrono::year_month_day day(std::string_view text) {
  return *base::parse_date(text);
}

const auto today = day("2027-05-22");
const AwayDays known = {day("2027-05-20"), day("2027-05-30")};

TEST(Availability, a_day_is_said_and_taken_back_and_what_is_past_goes) {
  const AwayDays may_30 = {day("2027-05-30")};
  EXPECT_EQ(*after_said(known, DaySaid{day("2027-05-30"), Sails::cannot}, today), may_30);
  EXPECT_EQ(*after_said(known, DaySaid{day("2027-05-30"), Sails::can}, today), AwayDays{});
  EXPECT_EQ(*after_said(known, DaySaid{today, Sails::cannot}, today),
            (AwayDays{today, day("2027-05-30")}));
  EXPECT_EQ(*after_said(known, AwayDays{day("2027-06-01")}, today), AwayDays{day("2027-06-01")});
  EXPECT_EQ(from_on(known, today), may_30);
}

TEST(Availability, a_day_that_is_past_or_too_far_ahead_is_refused_by_its_field) {
  const struct {
    AvailabilitySaid said;
    const char* field;
    const char* message;
  } cases[] = {
      {DaySaid{day("2027-05-21"), Sails::cannot}, "day", "2027-05-21 is past"},
      {DaySaid{day("2027-05-21"), Sails::can}, "day", "2027-05-21 is past"},
      {DaySaid{day("2028-06-26"), Sails::cannot}, "day", "2028-06-26 is more than 400 days ahead"},
      {AwayDays{today, day("2028-06-26")}, "days", "2028-06-26 is more than 400 days ahead"},
      {AwayDays{day("2027-05-21")}, "days", "2027-05-21 is past"},
  };
  for (const auto& [said, field, message] : cases) {
    const auto after = after_said(known, said, today);
    ASSERT_FALSE(after) << message;
    EXPECT_EQ(after.error().faults.at(0).field, field);
    EXPECT_EQ(after.error().message, message);
  }
  EXPECT_TRUE(after_said(known, DaySaid{day("2028-06-25"), Sails::cannot}, today));
  AwayDays all;
  for (int i = 0; i <= 400; ++i)
    all.insert(std::chrono::year_month_day(std::chrono::sys_days(today) + std::chrono::days(i)));
  const auto after = after_said({}, all, today);
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().message, "at most 400 days can be kept");
}

}  // namespace
}  // namespace domain
