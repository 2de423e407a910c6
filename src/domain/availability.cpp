#include "domain/availability.h"

namespace domain {

using base::Result;
using std::chrono::year_month_day;

namespace {

Result<void> refuse_day(year_month_day day, year_month_day today, const std::string& field) {
  if (day < today) return base::invalid(field, base::format_date(day) + " is past");
  if (std::chrono::sys_days(day) - std::chrono::sys_days(today) > away_days_ahead_max)
    return base::invalid(field, base::format_date(day) + " is more than 400 days ahead");
  return {};
}

}  // namespace

AwayDays from_on(const AwayDays& days, year_month_day today) {
  return {days.lower_bound(today), days.end()};
}

Result<AwayDays> after_said(const AwayDays& before, const AvailabilitySaid& said,
                            year_month_day today) {
  AwayDays after = from_on(before, today);
  std::string field = "days";
  if (const auto* one = std::get_if<DaySaid>(&said)) {
    field = "day";
    TRY(refuse_day(one->day, today, field));
    if (one->sails == Sails::can)
      after.erase(one->day);
    else
      after.insert(one->day);
  } else {
    after = std::get<AwayDays>(said);
    for (const year_month_day day : after) TRY(refuse_day(day, today, field));
  }
  if (after.size() > away_days_max) return base::invalid(field, "at most 400 days can be kept");
  return after;
}

}  // namespace domain
