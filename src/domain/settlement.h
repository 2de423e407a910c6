// Settlement: the money of one charter. Owner-only, kept apart from the charter, recomputed and
// never typed in. Rounding: half up, once per line. The example of the house: 18 % of 840.75 is
// 151.34, net 289.41.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/charter.h"
#include "domain/rates.h"

namespace domain {

enum class CaptainFee { operator_, channel, unverified };
std::string_view name_of(CaptainFee fee);
std::optional<CaptainFee> captain_fee_from(std::string_view name);

struct ApprovedHours {
  Decimal hours;
  Role role = {};  // that they had then; empty: not known, as of records of before
};

// What only the owner says of a booking.
struct Intake {
  std::optional<Money> gross;
  CaptainFee captain_fee = CaptainFee::operator_;
  std::string internal_notes;
  // Of a cancelled charter: what is kept of the gross; absent: nothing.
  std::optional<Money> kept = {};
  // The same: what each of its crew is paid all the same; absent: nothing.
  std::optional<Decimal> cancelled_hours = {};
  // What the owner approved is paid, whatever rule and cancelled_hours say. The member's own record
  // (domain/hours.h) says the same, for it is written in the same commit. Who left the crew since
  // is paid too, in the role they had.
  std::map<MemberId, ApprovedHours> approved_hours = {};
};

struct PayLine {
  Role role;
  MemberId member;
  std::string
      hours;  // exact, or rounded to four decimals when a length in minutes has no exact form
  Money rate;
  Money amount;
  bool paid_by_channel = false;  // the marketplace pays; amount is zero
  bool hours_approved = false;   // else they are the rule's, or a cancellation's
};

struct FeeLine {
  std::string name;
  Decimal percent;
  Money amount;
};

struct Settlement {
  Currency currency;
  std::optional<Money> gross;
  std::vector<PayLine> pay;
  std::vector<FeeLine> fees;                 // none without a gross
  std::optional<Money> net;                  // none without a gross
  std::optional<Money> net_if_channel_pays;  // captain_fee unverified only
};

// What comes in: the gross, or what is kept of it. nullopt: no gross was ever said.
std::optional<Money> earned(const Intake& intake, const Charter& charter);
Settlement settle(const Intake& intake, const Charter& charter, const Rates& rates);

}  // namespace domain
