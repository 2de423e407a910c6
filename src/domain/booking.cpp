#include "domain/booking.h"

#include <algorithm>
#include <set>

#include "domain/amounts_in_text.h"
#include "domain/tenant.h"

namespace domain {

using base::Fault;

namespace {

void refuse_amounts(std::vector<Fault>& faults, const std::string& field, const std::string& text) {
  if (looks_like_amount(text))
    faults.push_back({field,
                      "looks like an amount of money, and crew or guests can read this text; use "
                      "internal_notes, or send allow_amounts: true"});
}

constexpr const char* no_captain = "on a bareboat charter the guest brings the captain";

bool is_held_by_anybody(const Role& role, const Tenant& tenant) {
  return std::any_of(tenant.members.begin(), tenant.members.end(),
                     [&](const Member& member) { return member.holds(role); });
}

void refuse_captains(std::vector<Fault>& faults, const Booking& booking) {
  for (std::size_t i = 0; i < booking.crew.size(); ++i)
    if (booking.crew[i].role == captain_role)
      faults.push_back({"crew[" + std::to_string(i) + "].role", no_captain});
}

}  // namespace

std::vector<Fault> faults_of_crew(const std::vector<Slot>& crew, const Tenant& tenant) {
  std::vector<Fault> faults;
  if (crew.size() > crew_per_charter_max)
    faults.push_back({"crew", "at most 16 people can crew a charter"});
  std::set<MemberId> seen;
  for (std::size_t i = 0; i < crew.size(); ++i) {
    const std::string path = "crew[" + std::to_string(i) + "]";
    if (crew[i].is_open()) {
      if (!is_held_by_anybody(crew[i].role, tenant))
        faults.push_back({path + ".role", "nobody holds the role '" + crew[i].role.text() + "'"});
      continue;
    }
    const Member* member = tenant.member(crew[i].member);
    if (!member)
      faults.push_back(
          {path + ".member", "there is no crew member '" + crew[i].member.text() + "'"});
    else if (!member->holds(crew[i].role))
      faults.push_back(
          {path + ".role", member->name + " does not hold the role '" + crew[i].role.text() + "'"});
    if (!seen.insert(crew[i].member).second)
      faults.push_back({path + ".member", "stands twice in the list"});
  }
  return faults;
}

std::optional<std::string> lack_of(const Slot& slot, const Tenant& tenant,
                                   const base::Moment& ends) {
  const Member* member = tenant.member(slot.member);
  if (!member) return std::nullopt;
  // The end itself is no part of the trip: one that ends at midnight has nothing of the next day.
  const auto last_day = base::date_of(ends.wall - base::minutes(1));
  const RoleRules rules = tenant.call.of(slot.role);
  const std::string* kind = member->lacks(rules.needs, last_day);
  if (!kind) return std::nullopt;
  const auto held = std::ranges::find(member->credentials, *kind, &Credential::kind);
  if (held == member->credentials.end()) return member->name + " has no " + *kind + " on record";
  return member->name + "'s " + *kind + " lapses on " + base::format_date(held->expires) +
         ", before this trip ends";
}

std::vector<Fault> faults_of_credentials(const std::vector<Slot>& crew, const Tenant& tenant,
                                         const base::Moment& ends) {
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < crew.size(); ++i)
    if (auto lack = lack_of(crew[i], tenant, ends))
      faults.push_back({"crew[" + std::to_string(i) + "].member", *std::move(lack)});
  return faults;
}

std::vector<Fault> faults_of(const Booking& booking, const Tenant& tenant, AmountsInNotes amounts) {
  std::vector<Fault> faults;
  const Vessel* vessel = tenant.vessel(booking.vessel);
  if (!vessel) faults.push_back({"vessel", "there is no vessel '" + booking.vessel.text() + "'"});
  if (vessel && booking.guest.party_size > vessel->passengers_max)
    faults.push_back({"guest.party_size", std::to_string(booking.guest.party_size) +
                                              " guests on a boat for " +
                                              std::to_string(vessel->passengers_max)});
  for (Fault& fault : faults_of_crew(booking.crew, tenant)) faults.push_back(std::move(fault));
  if (booking.contract == Contract::bareboat) refuse_captains(faults, booking);
  if (amounts == AmountsInNotes::refused) {
    refuse_amounts(faults, "title", booking.title);
    refuse_amounts(faults, "crew_notes", booking.crew_notes);
    refuse_amounts(faults, "guest_notes", booking.guest_notes);
    refuse_amounts(faults, "guest.name", booking.guest.name);
  }
  return faults;
}

base::Result<Span> span_of(const Booking& booking, const std::string& zone) {
  auto starts = base::resolve(booking.starts_at, zone);
  if (!starts) return base::invalid("starts_at", starts.error().message);
  if (booking.duration_minutes)
    return Span{*starts, base::at(starts->utc + base::minutes(*booking.duration_minutes), zone)};
  auto ends = base::resolve(*booking.ends_at, zone);
  if (!ends) return base::invalid("ends_at", ends.error().message);
  if (ends->utc <= starts->utc) return base::invalid("ends_at", "must be after starts_at");
  if (ends->utc - starts->utc > base::minutes(duration_minutes_max))
    return base::invalid("ends_at", "a charter lasts at most 14 days");
  return Span{*starts, *ends};
}

}  // namespace domain
