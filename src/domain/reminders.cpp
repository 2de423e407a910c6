#include "domain/reminders.h"

#include <algorithm>
#include <optional>

namespace domain {

using base::Instant;
using std::chrono::hours;

namespace {

// The last minute in which people may be written to before that.
Instant evening_before(Instant quiet, const CivilHours& civil, const std::string& zone) {
  const auto day = base::date_of(base::at(quiet, zone).wall);
  const Instant tonight = civil_part(day, civil, zone).until;
  if (tonight <= quiet) return tonight - reminder_before_quiet;
  const std::chrono::year_month_day eve(std::chrono::local_days(day) - std::chrono::days(1));
  return civil_part(eve, civil, zone).until - reminder_before_quiet;
}

Reminder reminder(const Trip& trip, hours before, Reader reader, const CivilHours& civil) {
  Reminder one{before, reader, trip.time.from - before};
  if (is_civil(one.leaves_at, civil, trip.zone)) return one;
  one.leaves = Leaves::by_quiet;
  const Instant morning = next_civil(one.leaves_at, civil, trip.zone);
  const bool in_time = morning + reminder_before_start <= trip.time.from;
  one.leaves_at = in_time ? morning : evening_before(one.leaves_at, civil, trip.zone);
  return one;
}

std::optional<hours> briefing_of(const std::vector<hours>& crew) {
  std::optional<hours> last;
  for (const hours before : crew)
    if (before >= briefing_least && before <= briefing_most && (!last || before < *last))
      last = before;
  return last;
}

// Hours as a tenant gave them are left alone, however near to one another.
bool came_together(const Reminder& one, const Reminder& nearer) {
  const bool moved = one.leaves == Leaves::by_quiet || nearer.leaves == Leaves::by_quiet;
  return moved && one.reader == nearer.reader && nearer.leaves_at - one.leaves_at < reminders_apart;
}

void add(std::vector<Reminder>& all, const Trip& trip, std::vector<hours> before, Reader reader,
         const CivilHours& civil) {
  std::ranges::sort(before, std::ranges::greater());
  before.erase(std::ranges::unique(before).begin(), before.end());
  const auto briefing = reader == Reader::crew ? briefing_of(before) : std::nullopt;
  std::vector<Reminder> theirs;
  theirs.reserve(before.size());
  for (const hours one : before) {
    Reminder next = reminder(trip, one, reader, civil);
    next.has_weather = one == briefing;
    while (!theirs.empty() && came_together(theirs.back(), next)) {
      next.has_weather |= theirs.back().has_weather;
      theirs.pop_back();
    }
    theirs.push_back(next);
  }
  all.insert(all.end(), theirs.begin(), theirs.end());
}

}  // namespace

std::string_view name_of(Reader reader) {
  return reader == Reader::crew ? "crew" : "guest";
}

std::vector<Reminder> reminders_of(const Trip& trip, const ReminderRules& rules) {
  std::vector<Reminder> all;
  all.reserve(rules.crew.size() + rules.guest.size());
  add(all, trip, rules.crew, Reader::crew, rules.civil);
  add(all, trip, rules.guest, Reader::guest, rules.civil);
  std::ranges::stable_sort(all, {}, &Reminder::leaves_at);
  return all;
}

std::vector<Reminder> reminders_after(Instant since, const Trip& trip, const ReminderRules& rules) {
  std::vector<Reminder> ahead = reminders_of(trip, rules);
  std::erase_if(ahead, [&](const Reminder& one) { return one.leaves_at <= since; });
  return ahead;
}

}  // namespace domain
