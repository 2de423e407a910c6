#include "domain/hours.h"

#include <algorithm>
#include <string>

#include "domain/charter.h"

namespace domain {

using base::Instant;
using base::Result;

namespace {

constexpr std::chrono::milliseconds quarter = std::chrono::minutes(15);
constexpr std::int64_t scaled_quarter = Decimal::scale / 4;
// Several machines serve one page: what one of them has just written may be ahead of another.
constexpr std::chrono::seconds clocks_differ{10};

Instant whole_second(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant);
}

Instant opens_at(const Charter& charter) {
  return charter.starts.utc - clock_opens_before;
}
Instant closes_at(const Charter& charter) {
  return charter.ends.utc + clock_closes_after;
}

bool is_open(const Hours& hours) {
  return !hours.stints.empty() && !hours.stints.back().ends;
}

std::string hours_text(std::chrono::hours hours) {
  return std::to_string(hours.count());
}

// stints: each closed.
Result<void> refuse_wrong(const Charter& charter, const std::vector<Stint>& stints) {
  for (std::size_t i = 0; i < stints.size(); ++i) {
    const Stint& stint = stints[i];
    const std::string field = "stints[" + std::to_string(i) + "]";
    if (*stint.ends <= stint.begins)
      return base::invalid(field + ".ends_at", "must be after it begins");
    if (i > 0 && stint.begins < *stints[i - 1].ends)
      return base::invalid(field + ".begins_at",
                           "overlaps the stint before it, or is not after it");
    if (stint.begins < opens_at(charter))
      return base::invalid(
          field + ".begins_at",
          "must be within " + hours_text(clock_opens_before) + " hours before the trip");
    if (*stint.ends > closes_at(charter))
      return base::invalid(field + ".ends_at", "must be within " + hours_text(clock_closes_after) +
                                                   " hours after the trip");
  }
  return {};
}

}  // namespace

std::string_view name_of(HoursState state) {
  switch (state) {
    case HoursState::none:
      return "none";
    case HoursState::open:
      return "open";
    case HoursState::entered:
      return "entered";
    case HoursState::approved:
      return "approved";
  }
  return "";
}

HoursState state_of(const Hours& hours) {
  if (is_open(hours)) return HoursState::open;
  if (hours.approved) return HoursState::approved;
  return hours.number || !hours.stints.empty() ? HoursState::entered : HoursState::none;
}

std::optional<Decimal> total_of(const Hours& hours) {
  if (hours.number) return hours.number;
  if (hours.stints.empty() || is_open(hours)) return std::nullopt;
  std::chrono::milliseconds all{0};
  for (const Stint& stint : hours.stints) all += *stint.ends - stint.begins;
  return Decimal::from_scaled(multiplied_half_up(1, all.count(), quarter.count()) * scaled_quarter);
}

bool clock_has_opened(const Charter& charter, Instant now) {
  return now >= opens_at(charter);
}

bool clock_is_over(const Charter& charter, Instant now) {
  return now > closes_at(charter);
}

Decimal hours_max(const Charter& charter) {
  const auto longest = closes_at(charter) - opens_at(charter);
  return Decimal::from_scaled(longest / quarter * scaled_quarter);
}

std::optional<Decimal> parse_quarter_hours(std::string_view text) {
  const std::string whole = text.starts_with('.') ? "0" + std::string(text) : std::string(text);
  const auto number = Decimal::parse(whole);
  return number && number->scaled() % scaled_quarter == 0 ? number : std::nullopt;
}

Result<void> refuse_approved(const Hours& hours) {
  if (!hours.approved) return {};
  return base::conflict("Your hours are approved; whoever runs the trip can still correct them",
                        hours_approved);
}

Result<Hours> clocked_in(const Hours& hours, const Charter& charter, Instant now) {
  TRY(refuse_approved(hours));
  if (is_open(hours)) return hours;
  if (hours.number)
    return base::conflict("Your hours are entered already; correct the number instead",
                          hours_entered);
  if (!clock_has_opened(charter, now) || clock_is_over(charter, now))
    return base::conflict("The clock runs from " + hours_text(clock_opens_before) +
                              " hours before the trip to " + hours_text(clock_closes_after) +
                              " hours after it; enter your hours instead",
                          clock_closed);
  if (hours.stints.size() >= stints_max)
    return base::conflict("Clocked in too often; enter your hours instead", clock_closed);
  Instant begins = whole_second(now);
  if (!hours.stints.empty()) {
    const Instant left = *hours.stints.back().ends;
    if (left > begins + clocks_differ)
      return base::conflict("You are down as aboard at this time already", hours_entered);
    begins = std::max(begins, left);
  }
  Hours after = hours;
  after.stints.push_back({begins, {}});
  return after;
}

Result<Hours> clocked_out(const Hours& hours, const Charter& charter, Instant now) {
  TRY(refuse_approved(hours));
  if (!is_open(hours)) return base::conflict("You are not clocked in", not_clocked_in);
  if (clock_is_over(charter, now))
    return base::conflict(
        "The trip is long over, so this cannot be when you left; enter your "
        "hours instead",
        clock_closed);
  Hours after = hours;
  Stint& last = after.stints.back();
  // Two taps in one second, or a clock that is behind: the shortest that is a time at all.
  last.ends = std::max(whole_second(now), last.begins + std::chrono::seconds(1));
  return after;
}

Result<Hours> with_number(const Hours& hours, const Charter& charter, Decimal number) {
  if (number > hours_max(charter))
    return base::invalid("hours", "are more than this trip can take: at most " +
                                      hours_max(charter).text() + ", some hours at both ends");
  if (total_of(hours) == number) return hours;
  return Hours{{}, number};
}

Result<Hours> with_stints(const Charter& charter, std::vector<Stint> stints) {
  TRY(refuse_wrong(charter, stints));
  return Hours{std::move(stints), {}};
}

}  // namespace domain
