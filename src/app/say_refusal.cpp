#include "app/say_refusal.h"

#include <algorithm>

#include "base/words.h"

#include "app/reservations.h"
#include "app/say_times.h"

namespace app {

using base::Result;
using base::Words;

namespace {

Result<std::string> say_busy(const ports::TenantStore& store, const Seat& seat, base::Instant now,
                             const Words& words) {
  const domain::Charter& charter = seat.charter;
  const domain::Interval trip{charter.starts.utc, charter.ends.utc};
  const auto near = trip.widened(domain::longest_turnaround(seat.tenant));
  for (const domain::Busy& busy : TRY(busy_of(store, seat.slot.member, near, now))) {
    const auto apart = domain::turnaround_between(seat.tenant, charter.vessel, busy.vessel);
    if (busy.holder == charter.id.text() || !busy.time.overlaps(trip.widened(apart))) continue;
    const std::string& zone = charter.starts.zone;
    const std::string when =
        say_when(base::at(busy.time.from, zone), base::at(busy.time.until, zone), words);
    return busy.time.overlaps(trip) ? words.say("refusal.busy", {{"when", when}})
                                    : words.say("refusal.close", {{"when", when}});
  }
  // It has gone meanwhile.
  return words.say("refusal.was_busy");
}

std::string say_lack(const Seat& seat, const domain::Member& member, const Words& words) {
  const auto last_day = base::date_of(seat.charter.ends.wall - base::minutes(1));
  const domain::RoleRules rules = seat.tenant.call.of(seat.slot.role);
  const std::string* lacking = member.lacks(rules.needs, last_day);
  const std::string kind = lacking ? *lacking : "";
  const auto held = std::ranges::find(member.credentials, kind, &domain::Credential::kind);
  if (held == member.credentials.end())
    return words.say("refusal.no_credential", {{"kind", kind}, {"operator", seat.tenant.name}});
  const base::Moment day{base::WallTime(std::chrono::local_days(held->expires)), {}, {}, {}};
  return words.say("refusal.lapses", {{"kind", kind}, {"day", say_day(day, words)}});
}

}  // namespace

base::Error say_refusal(const ports::TenantStore& store, const Seat& seat, base::Instant now,
                        const base::Error& refused) {
  const Words& words = Words::of("en");
  const domain::Member* member = seat.tenant.member(seat.slot.member);
  if (refused.code == "busy") {
    const auto said = say_busy(store, seat, now, words);
    return said ? base::conflict(*said, refused.code) : said.error();
  }
  if (refused.code == "credential-lapsed" && member)
    return base::conflict(say_lack(seat, *member, words), refused.code);
  if (refused.code == "role-not-held")
    return base::conflict(words.say("refusal.role", {{"role", seat.slot.role.text()},
                                                     {"operator", seat.tenant.name}}),
                          refused.code);
  return refused;
}

}  // namespace app
