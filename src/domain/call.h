// Call: how crew is found for the seats of a charter that are up for grabs: those that nobody was
// named for, and those whose member has said no.
//
//   (fill_seats) ──> waiting ─ yes ─> yes, and aboard
//                      │ ├─ no ─────> no ──────┐
//                      │ └─ until ──> silent ──┤ yes, while a seat is open ──> yes
//                      ├─ the seat is another's ──> taken
//                      └─ the trip is another, or off ──> withdrawn
//
// Captains are found first, then mates, then everybody else: a later stage is called when the
// earlier one is full, or has nobody left to ask. Nobody is asked twice for the same.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/charter.h"
#include "domain/schedule.h"
#include "domain/tenant.h"

namespace domain {

enum class AskState { waiting, yes, no, silent, taken, withdrawn };
std::string_view name_of(AskState state);
std::optional<AskState> ask_state_from(std::string_view name);

// That a member was asked for a seat. One for each member and charter: the last.
struct Ask {
  MemberId member;
  Role role;
  PassId pass;
  Revision revision = 1;  // the charter's when they were asked: an earlier answer does not count
  std::string meant;      // time, place, vessel and role, as one text
  base::Instant asked_at;
  base::Instant until;  // who has not answered by then is silent
  AskState state = AskState::waiting;
  std::optional<base::Instant> ended_at = {};

  bool is_over_at(base::Instant now) const { return state == AskState::waiting && until <= now; }
};

// A role for each seat that is up for grabs. declined: of those in crew whose answer is no.
std::vector<Role> seats_up(const Charter& charter, const std::set<MemberId>& declined);

inline constexpr int call_stages = 3;
int stage_of(const Role& role);  // 0 captains, 1 mates, 2 everybody else
// Who may be asked for a role, in the order in which they are.
std::vector<const Member*> call_order(const Tenant& tenant, const Role& role);
// How many more are asked now. waiting: who was asked and has time left.
std::size_t asks_wanted(const RoleRules& rules, std::size_t seats, std::size_t waiting);

// On one of the trip's days.
bool is_away(const std::set<std::chrono::year_month_day>& away, const Charter& charter);

// Why somebody is not asked.
enum class Obstacle { none, role, credential, away, busy };
struct Diary {
  std::set<std::chrono::year_month_day> away;
  std::vector<Busy> busy;
};
// What a person keeps free between trips on these two: the longer turnaround.
base::minutes turnaround_between(const Tenant& tenant, const VesselId& one, const VesselId& other);
base::minutes longest_turnaround(const Tenant& tenant);
Obstacle obstacle_of(const Member& member, const Role& role, const Charter& charter,
                     const Tenant& tenant, const Diary& diary);

// From when on an unfilled seat puts the trip at risk.
base::Instant fill_deadline(const Charter& charter, const CallRules& rules);

}  // namespace domain
