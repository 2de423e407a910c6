#include "app/hours_elsewhere.h"

#include "app/charter_record.h"
#include "app/hours_record.h"
#include "app/reservations.h"
#include "app/say_times.h"

namespace app {

using base::Result;
using domain::StintElsewhere;

Result<std::vector<StintElsewhere>> load_hours_elsewhere(const ports::TenantStore& store,
                                                         ports::Changes& changes,
                                                         const domain::Charter& charter,
                                                         const domain::MemberId& member,
                                                         base::Instant now) {
  std::vector<StintElsewhere> all;
  const auto near = TRY(charters_within(store, changes, member, domain::clocks_near(charter), now));
  for (const domain::CharterId& id : near) {
    if (id == charter.id) continue;
    const auto other = TRY(load_charter(store, id));
    if (!other) continue;
    const auto kept = TRY(load_hours(store, id, member));
    changes.check(charter_place(id), other->version);
    changes.check(hours_place(id, member), kept.version);
    for (StintElsewhere& stint : domain::stints_elsewhere(other->value, kept.value.hours))
      all.push_back(std::move(stint));
  }
  return all;
}

std::string say_to_crew(const StintElsewhere& elsewhere) {
  const base::Words& words = base::Words::of("en");
  if (elsewhere.open)
    return words.say("crew.hours_open_elsewhere", {{"trip", elsewhere.title},
                                                   {"time", say_clock(elsewhere.begins, words)},
                                                   {"zone", say_zone(elsewhere.begins)}});
  return words.say(
      "crew.hours_elsewhere",
      {{"trip", elsewhere.title}, {"times", say_clocks(elsewhere.begins, elsewhere.ends, words)}});
}

std::string say_to_owner(const StintElsewhere& elsewhere) {
  const std::string until =
      elsewhere.open ? ", and not clocked out" : " to " + base::format_offset_time(elsewhere.ends);
  return "overlaps what they clocked on charter " + elsewhere.charter.text() + " (" +
         elsewhere.title + "), from " + base::format_offset_time(elsewhere.begins) + until;
}

}  // namespace app
