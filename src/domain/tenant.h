// Tenant: an operator's business as its file says it, without money. Rates and fees are in
// domain/rates.h, in a record of their own, because crew and guest code reads this one.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

struct Member {
  MemberId id;
  std::string name;
  std::string email;
  std::vector<Role> roles;
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

  const Vessel* vessel(const VesselId& wanted) const;
  const Member* member(const MemberId& wanted) const;
};

}  // namespace domain
