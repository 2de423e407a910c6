#include "domain/schedule.h"

#include <algorithm>

namespace domain {

using base::Instant;
using base::minutes;

namespace {

std::chrono::year_month month_value(Instant instant) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(instant)};
  return day.year() / day.month();
}

std::string month_text(std::chrono::year_month month) {
  const auto number = static_cast<unsigned>(month.month());
  return std::to_string(static_cast<int>(month.year())) + (number < 10 ? "-0" : "-") +
         std::to_string(number);
}

bool is_trip(BusyKind kind) {
  return kind != BusyKind::maintenance;
}

}  // namespace

std::string_view name_of(BusyKind kind) {
  switch (kind) {
    case BusyKind::charter:
      return "charter";
    case BusyKind::hold:
      return "hold";
    case BusyKind::maintenance:
      return "maintenance";
  }
  return "";
}

std::optional<BusyKind> busy_kind_from(std::string_view name) {
  for (BusyKind kind : {BusyKind::charter, BusyKind::hold, BusyKind::maintenance})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

const Busy* BusyMonth::in_the_way(const Busy& wanted, minutes turnaround) const {
  return in_the_way(wanted, [turnaround](const Busy&) { return turnaround; });
}

const Busy* BusyMonth::in_the_way(const Busy& wanted, const Apart& apart) const {
  for (const Busy& busy : intervals) {
    if (busy.holder == wanted.holder) continue;
    const bool keep_apart = is_trip(busy.kind) && is_trip(wanted.kind);
    // Widening by the turnaround at both ends asks for it before and after alike.
    const minutes between = keep_apart ? apart(busy) : minutes(0);
    if (wanted.time.widened(between).overlaps(busy.time)) return &busy;
  }
  return nullptr;
}

void BusyMonth::remove(const std::string& holder) {
  std::erase_if(intervals, [&](const Busy& busy) { return busy.holder == holder; });
}

void BusyMonth::drop_lapsed(Instant now) {
  std::erase_if(intervals,
                [&](const Busy& busy) { return busy.lapses_at && *busy.lapses_at <= now; });
}

std::string month_of(Instant instant) {
  return month_text(month_value(instant));
}

std::vector<std::string> months_of(const Interval& interval) {
  const auto last = month_value(interval.until - std::chrono::milliseconds(1));
  std::vector<std::string> answer;
  for (auto month = month_value(interval.from); month <= last; month += std::chrono::months(1))
    answer.push_back(month_text(month));
  return answer;
}

}  // namespace domain
