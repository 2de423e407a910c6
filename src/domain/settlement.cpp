#include "domain/settlement.h"

#include <algorithm>

namespace domain {

namespace {

// Hours as an exact fraction, because 100 minutes are no finite decimal.
struct PaidTime {
  std::int64_t numerator;
  std::int64_t denominator;
};

PaidTime paid_time(const PayRule& rule, const Charter& charter) {
  if (rule.hours) return {rule.hours->scaled(), Decimal::scale};
  return {charter.duration_minutes(), 60};
}

std::string hours_text(const PaidTime& time) {
  return Decimal::from_scaled(multiplied_half_up(Decimal::scale, time.numerator, time.denominator))
      .text();
}

// Other hours than the rule's; nullopt: the rule's. Of a cancelled trip, which nobody sailed, it is
// for the owner to say what is owed all the same.
std::optional<Decimal> hours_said(const Intake& intake, const Charter& charter,
                                  const MemberId& member) {
  const auto approved = intake.approved_hours.find(member);
  if (approved != intake.approved_hours.end()) return approved->second.hours;
  if (charter.is_cancelled()) return intake.cancelled_hours.value_or(Decimal());
  return std::nullopt;
}

PayLine pay_line(const Slot& slot, const Intake& intake, const Charter& charter,
                 const Rates& rates) {
  // A role without a rule is unpaid, and says so with a rate of zero.
  auto found = rates.pay.find(slot.role);
  PayRule rule =
      found == rates.pay.end() ? PayRule{Money{0, rates.currency}, std::nullopt} : found->second;
  if (const auto said = hours_said(intake, charter, slot.member)) rule.hours = said;
  const PaidTime time = paid_time(rule, charter);
  const Money amount{multiplied_half_up(rule.rate.minor, time.numerator, time.denominator),
                     rates.currency};
  return {slot.role,
          slot.member,
          hours_text(time),
          rule.rate,
          amount,
          false,
          intake.approved_hours.contains(slot.member)};
}

// Who is aboard, then who is not any more and has approved hours: what was worked stays owed.
std::vector<Slot> paid_seats(const Intake& intake, const Charter& charter) {
  std::vector<Slot> seats = charter.crew;
  for (const auto& [member, approved] : intake.approved_hours)
    if (std::ranges::find(charter.crew, member, &Slot::member) == charter.crew.end())
      seats.push_back({member, approved.role});
  return seats;
}

}  // namespace

std::string_view name_of(CaptainFee fee) {
  switch (fee) {
    case CaptainFee::operator_:
      return "operator";
    case CaptainFee::channel:
      return "channel";
    case CaptainFee::unverified:
      return "unverified";
  }
  return "";
}

std::optional<CaptainFee> captain_fee_from(std::string_view name) {
  for (CaptainFee fee : {CaptainFee::operator_, CaptainFee::channel, CaptainFee::unverified})
    if (name == name_of(fee)) return fee;
  return std::nullopt;
}

std::optional<Money> earned(const Intake& intake, const Charter& charter) {
  if (!charter.is_cancelled() || !intake.gross)
    return charter.is_cancelled() ? intake.kept : intake.gross;
  return intake.kept.value_or(Money{0, intake.gross->currency});
}

Settlement settle(const Intake& intake, const Charter& charter, const Rates& rates) {
  const std::optional<Money> gross = earned(intake, charter);
  Settlement settlement{rates.currency, gross, {}, {}, {}, {}};
  std::int64_t owed = 0;
  std::int64_t captains = 0;
  for (const Slot& slot : paid_seats(intake, charter)) {
    PayLine line = pay_line(slot, intake, charter, rates);
    if (slot.role == captain_role && intake.captain_fee == CaptainFee::channel) {
      line.amount.minor = 0;
      line.paid_by_channel = true;
    }
    owed += line.amount.minor;
    if (slot.role == captain_role) captains += line.amount.minor;
    settlement.pay.push_back(std::move(line));
  }
  if (!gross) return settlement;
  for (const FeeRule& rule : rates.fees) {
    const Money amount{
        multiplied_half_up(gross->minor, rule.percent.scaled(), 100 * Decimal::scale),
        rates.currency};
    owed += amount.minor;
    settlement.fees.push_back({rule.name, rule.percent, amount});
  }
  settlement.net = Money{gross->minor - owed, rates.currency};
  if (intake.captain_fee == CaptainFee::unverified)
    settlement.net_if_channel_pays = Money{settlement.net->minor + captains, rates.currency};
  return settlement;
}

}  // namespace domain
