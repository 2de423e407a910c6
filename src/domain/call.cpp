#include "domain/call.h"

#include <algorithm>
#include <limits>

#include "domain/booking.h"

namespace domain {

namespace {

// Who has none comes after everybody who has one.
int order_of(const Member& member, const Role& role) {
  const bool as_captain = role == captain_role && member.captain_order != 0;
  const int order = as_captain ? member.captain_order : member.rank;
  return order == 0 ? std::numeric_limits<int>::max() : order;
}

bool is_busy(const Diary& diary, const Charter& charter, const Tenant& tenant) {
  const Interval wanted{charter.starts.utc, charter.ends.utc};
  return std::ranges::any_of(diary.busy, [&](const Busy& busy) {
    const base::minutes apart = turnaround_between(tenant, charter.vessel, busy.vessel);
    return busy.holder != charter.id.text() && busy.time.overlaps(wanted.widened(apart));
  });
}

int turnaround_of(const Tenant& tenant, const VesselId& id) {
  const Vessel* vessel = tenant.vessel(id);
  return vessel ? vessel->turnaround_minutes : 0;
}

}  // namespace

std::string_view name_of(AskState state) {
  switch (state) {
    case AskState::waiting:
      return "waiting";
    case AskState::yes:
      return "yes";
    case AskState::no:
      return "no";
    case AskState::silent:
      return "silent";
    case AskState::taken:
      return "taken";
    case AskState::withdrawn:
      return "withdrawn";
  }
  return "";
}

std::optional<AskState> ask_state_from(std::string_view name) {
  for (const AskState state : {AskState::waiting, AskState::yes, AskState::no, AskState::silent,
                               AskState::taken, AskState::withdrawn})
    if (name == name_of(state)) return state;
  return std::nullopt;
}

std::vector<Role> seats_up(const Charter& charter, const std::set<MemberId>& declined) {
  std::vector<Role> seats = charter.open;
  for (const Slot& slot : charter.crew)
    if (declined.contains(slot.member)) seats.push_back(slot.role);
  return seats;
}

int stage_of(const Role& role) {
  if (role == captain_role) return 0;
  return role.text().find("mate") == std::string::npos ? 2 : 1;
}

std::vector<const Member*> call_order(const Tenant& tenant, const Role& role) {
  std::vector<const Member*> order;
  for (const Member& member : tenant.members)
    if (member.holds(role)) order.push_back(&member);
  std::ranges::stable_sort(order, {}, [&](const Member* one) { return order_of(*one, role); });
  return order;
}

std::size_t asks_wanted(const RoleRules& rules, std::size_t seats, std::size_t waiting) {
  if (seats == 0) return 0;
  if (rules.mode == AskMode::all) return std::numeric_limits<std::size_t>::max();
  return seats > waiting ? seats - waiting : 0;
}

bool is_away(const std::set<std::chrono::year_month_day>& away, const Charter& charter) {
  const auto found = away.lower_bound(base::date_of(charter.starts.wall));
  return found != away.end() && *found <= base::date_of(charter.ends.wall - base::minutes(1));
}

base::minutes turnaround_between(const Tenant& tenant, const VesselId& one, const VesselId& other) {
  return base::minutes(std::max(turnaround_of(tenant, one), turnaround_of(tenant, other)));
}

base::minutes longest_turnaround(const Tenant& tenant) {
  int longest = 0;
  for (const Vessel& vessel : tenant.vessels)
    longest = std::max(longest, vessel.turnaround_minutes);
  return base::minutes(longest);
}

Obstacle obstacle_of(const Member& member, const Role& role, const Charter& charter,
                     const Tenant& tenant, const Diary& diary) {
  if (!member.holds(role)) return Obstacle::role;
  if (lack_of({member.id, role}, tenant, charter.ends)) return Obstacle::credential;
  if (is_away(diary.away, charter)) return Obstacle::away;
  return is_busy(diary, charter, tenant) ? Obstacle::busy : Obstacle::none;
}

base::Instant fill_deadline(const Charter& charter, const CallRules& rules) {
  return charter.starts.utc - rules.fill_by;
}

}  // namespace domain
