// Hours: what one member worked on one charter, clocked in stints or said as a number. No money.
// Always: whole seconds; a stint ends after it begins and none overlaps another, so that at most
// the last one is open; a number stands in quarter hours, and in place of all stints. What is
// clocked counts rounded once, over all stints together, to the nearest quarter hour. An open stint
// is never given an end by guess: it has no total until somebody says one.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

#include "domain/decimal.h"

namespace domain {

struct Charter;

struct Stint {
  base::Instant begins;
  std::optional<base::Instant> ends;  // absent: open, the member is clocked in
  friend bool operator==(const Stint&, const Stint&) = default;
};

enum class HoursState { none, open, entered, approved };
std::string_view name_of(HoursState state);

struct Hours {
  std::vector<Stint> stints;      // in order
  std::optional<Decimal> number;  // said, not clocked; then there are no stints
  bool approved = false;          // by the owner; never while a stint is open
  friend bool operator==(const Hours&, const Hours&) = default;
};

HoursState state_of(const Hours& hours);
// nullopt: nothing is said yet, or a stint is open.
std::optional<Decimal> total_of(const Hours& hours);

// A boat is made ready before its trip and put away after it: the clock runs within these. Nobody
// works more than that on one charter.
inline constexpr std::chrono::hours clock_opens_before{6};
inline constexpr std::chrono::hours clock_closes_after{6};
inline constexpr std::size_t stints_max = 12;
bool clock_has_opened(const Charter& charter, base::Instant now);
bool clock_is_over(const Charter& charter, base::Instant now);
Decimal hours_max(const Charter& charter);

// nullopt: not a number of quarter hours, such as "3", "3.25" or ".5".
std::optional<Decimal> parse_quarter_hours(std::string_view text);

// Who is clocked in already stays so. Errors, all conflict: hours_approved; hours_entered, a number
// or a stint of this time stands there; clock_closed, too early, too late or too often.
base::Result<Hours> clocked_in(const Hours& hours, const Charter& charter, base::Instant now);
// Errors, all conflict: hours_approved; not_clocked_in; clock_closed, too late to know when it was.
base::Result<Hours> clocked_out(const Hours& hours, const Charter& charter, base::Instant now);
// A number; one that is what the stints come to leaves them. Errors: invalid, field "hours", for
// more than hours_max.
base::Result<Hours> with_number(const Hours& hours, const Charter& charter, Decimal number);
// stints: each closed. Errors: invalid, naming the stint's field: ends before it begins, overlaps
// the one before, outside the hours of the clock.
base::Result<Hours> with_stints(const Charter& charter, std::vector<Stint> stints);
// conflict, hours_approved: only the owner changes them then.
base::Result<void> refuse_approved(const Hours& hours);

inline constexpr const char* hours_approved = "hours-approved";
inline constexpr const char* hours_entered = "hours-entered";
inline constexpr const char* clock_closed = "clock-closed";
inline constexpr const char* not_clocked_in = "not-clocked-in";

}  // namespace domain
