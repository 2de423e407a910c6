// Call rules: how a tenant finds crew for a seat that nobody holds, and which credentials a role
// needs. From the tenant's file; domain/call.h applies them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/civil_hours.h"
#include "domain/ids.h"

namespace domain {

inline constexpr std::size_t credentials_max = 10;  // of one person, or needed for one role
inline constexpr std::size_t call_roles_max = 20;
inline constexpr base::minutes answer_within_max{7 * 24 * 60};
inline constexpr std::chrono::hours fill_by_max{60 * 24};

// one: the next is asked when the one before has said no or let their time run out. all: at once,
// and the first yes has the seat.
enum class AskMode { one, all };

struct RoleRules {
  AskMode mode = AskMode::all;
  base::minutes answer_within{240};  // civil time
  std::vector<std::string> needs;    // kinds of credentials
};

struct CallRules {
  CivilHours civil;
  // So long before its start a charter whose seats are not filled is at risk.
  std::chrono::hours fill_by{48};
  std::map<Role, RoleRules> roles;

  // Captains are asked one at a time, unless the file says otherwise; everybody else at once.
  RoleRules of(const Role& role) const;
};

// Hours before a trip's start at which reminders leave, longest first; empty: none do.
inline constexpr std::size_t reminders_max = 6;
struct ReminderRules {
  std::vector<std::chrono::hours> crew{std::chrono::hours(7 * 24), std::chrono::hours(24),
                                       std::chrono::hours(3)};
  std::vector<std::chrono::hours> guest{std::chrono::hours(7 * 24), std::chrono::hours(24),
                                        std::chrono::hours(3)};
  CivilHours civil;
};

}  // namespace domain
