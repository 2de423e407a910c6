// Tenant: an operator's business as its file says it, without money. Rates and fees are in
// domain/rates.h, in a record of their own, because crew and guest code reads this one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/call_rules.h"
#include "domain/ids.h"
#include "domain/weather.h"

namespace domain {

inline constexpr std::size_t vessels_max = 40;
inline constexpr std::size_t members_max = 200;
inline constexpr std::size_t crew_per_charter_max = 16;
inline constexpr std::size_t checklist_items_max = 40;

struct Vessel {
  VesselId id;
  std::string name;
  std::string description;
  std::string dock;
  std::string arrival_note;
  std::vector<std::string> bring;
  std::string contact;
  int passengers_max = 0;
  int turnaround_minutes = 0;
  std::optional<double> latitude;
  std::optional<double> longitude;
  WeatherLimits weather_limits = {};
  std::string tide_station = {};  // of the tide service; empty: none
};

// A licence, a first aid certificate. Good for the whole of its last day.
struct Credential {
  std::string kind;  // "licence", "first-aid"
  std::chrono::year_month_day expires;
};

struct Member {
  MemberId id;
  std::string name;
  std::string email;
  std::vector<Role> roles;
  // Who is asked first for a seat: 1 before 2; 0: after everybody who has one, in the file's order.
  int rank = 0;
  int captain_order = 0;  // the same for a captain's seat; 0: rank counts there too
  std::vector<Credential> credentials = {};

  bool holds(const Role& role) const;
  // The first credential that the role needs and that is missing, or lapses before that day ends;
  // nullptr: none. needs: kinds.
  const std::string* lacks(const std::vector<std::string>& needs,
                           std::chrono::year_month_day last_day) const;
};

struct Sites {
  std::string ops;
  std::string crew;
  std::string guest;
};

struct Tenant {
  TenantId id;
  std::string name;
  std::string zone;      // IANA
  std::string currency;  // the code alone: a unit is no amount
  Sites sites;
  std::string owner_email;
  std::string mail_from;  // RFC 5322 mailbox; empty: "name <no-reply@guest host>"
  std::vector<Vessel> vessels;
  std::vector<Member> members;
  std::vector<std::string> departure_checklist;
  std::vector<std::string> return_checklist;
  int upload_close_hours_after = 24;
  CallRules call;
  ReminderRules reminders;

  const Vessel* vessel(const VesselId& wanted) const;
  const Member* member(const MemberId& wanted) const;
};

}  // namespace domain
