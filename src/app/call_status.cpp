#include "app/call_status.h"

#include <algorithm>

namespace app {

using domain::Answer;

namespace {

std::string name_in(const domain::Tenant& tenant, const domain::MemberId& member) {
  const domain::Member* known = tenant.member(member);
  return known ? known->name : member.text();
}

SeatState state_of(Answer answer) {
  switch (answer) {
    case Answer::yes:
      return SeatState::confirmed;
    case Answer::no:
      return SeatState::declined;
    case Answer::none:
      break;
  }
  return SeatState::waiting;
}

SeatStatus status_of(const SeatSight& sight, const domain::Slot& slot) {
  const Answer answer = standing_answer(sight.charter.value, slot, sight.answers);
  SeatStatus status{slot.role, slot.member, name_in(sight.tenant.value, slot.member),
                    state_of(answer)};
  if (answer != Answer::none) status.answered_at = sight.answers.at(slot.member).at;
  return status;
}

// Who took a seat and gave it up says no from then on; the ask's record follows when another has
// the seat. Of one that nobody has any more, the look that ends it comes after the yes.
void bring_up_to_date(domain::Ask& ask, const SeatSight& sight) {
  const auto& crew = sight.charter.value.crew;
  const bool is_in_it = std::ranges::any_of(crew, [&](const domain::Slot& slot) {
    return slot.member == ask.member && slot.role == ask.role;
  });
  if (ask.state == domain::AskState::waiting && sight.seats_of(ask.role) == 0)
    ask.state = domain::AskState::taken;
  if (ask.state != domain::AskState::yes || !is_in_it || !sight.declined.contains(ask.member))
    return;
  ask.state = domain::AskState::no;
  ask.ended_at = sight.answers.at(ask.member).at;
}

// Who declined a seat that the owner had named them for was asked at no time.
void add_ask(CallStatus& status, const SeatSight& sight, const domain::Ask& ask) {
  if (ask.asked_at == base::Instant{}) return;
  status.asks.push_back({ask, name_in(sight.tenant.value, ask.member)});
}

}  // namespace

std::string_view name_of(SeatState state) {
  switch (state) {
    case SeatState::confirmed:
      return "confirmed";
    case SeatState::waiting:
      return "waiting";
    case SeatState::declined:
      return "declined";
    case SeatState::open:
      return "open";
  }
  return "";
}

CallStatus call_status(const SeatSight& sight, base::Instant now) {
  const domain::Charter& charter = sight.charter.value;
  CallStatus status;
  status.seats.reserve(charter.crew.size() + charter.open.size());
  for (const domain::Slot& slot : charter.crew) status.seats.push_back(status_of(sight, slot));
  for (const domain::Role& role : charter.open) status.seats.push_back({role, {}, {}});
  for (const Loaded<KeptAsk>& kept : sight.asks) {
    for (const domain::Ask& one : kept.value.earlier) add_ask(status, sight, one);
    domain::Ask last = kept.value.ask;
    bring_up_to_date(last, sight);
    add_ask(status, sight, last);
  }
  std::ranges::stable_sort(status.asks, {}, [](const AskStatus& one) { return one.ask.asked_at; });
  status.deadline = domain::fill_deadline(charter, sight.tenant.value.call);
  const bool is_ahead = !charter.is_cancelled() && charter.starts.utc > now;
  const bool is_full = std::ranges::all_of(
      status.seats, [](const SeatStatus& seat) { return seat.state == SeatState::confirmed; });
  status.is_at_risk = is_ahead && status.deadline <= now && !is_full;
  return status;
}

}  // namespace app
