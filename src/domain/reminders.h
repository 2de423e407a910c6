// Reminders: when the mails leave that remind crew and guest of a trip.
// Always: none leaves in quiet hours. One that falls into them waits until they end; where that
// would be less than an hour before the start, it leaves in the evening before, in the last minute
// before the quiet. Of two that come less than two hours apart by this, the nearer to the trip
// stands for both. Clocks are the dock's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

#include "domain/call_rules.h"
#include "domain/schedule.h"

namespace domain {

inline constexpr base::minutes reminder_before_start{60};
inline constexpr base::minutes reminder_before_quiet{1};
inline constexpr base::minutes reminders_apart{120};
// The weather goes with the last of the crew's reminders between these: late enough for a forecast
// of the hours aboard, early enough to plan by.
inline constexpr std::chrono::hours briefing_least{12};
inline constexpr std::chrono::hours briefing_most{48};

enum class Reader { crew, guest };
std::string_view name_of(Reader reader);

struct Trip {
  Interval time;
  std::string zone;  // of the dock
};

// by_rule: so many hours before the start. by_quiet: at another time, because of the quiet.
enum class Leaves { by_rule, by_quiet };

struct Reminder {
  std::chrono::hours before{0};
  Reader reader = Reader::crew;
  base::Instant leaves_at;
  Leaves leaves = Leaves::by_rule;
  bool has_weather = false;
  friend bool operator==(const Reminder&, const Reminder&) = default;
};

// All of a trip's, in order of time; also those whose time has passed.
std::vector<Reminder> reminders_of(const Trip& trip, const ReminderRules& rules);
// Those that leave later than this: what a trip that is booked then has before it.
std::vector<Reminder> reminders_after(base::Instant since, const Trip& trip,
                                      const ReminderRules& rules);

}  // namespace domain
