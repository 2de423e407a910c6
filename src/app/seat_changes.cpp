#include "app/seat_changes.h"

#include <algorithm>
#include <utility>

#include "domain/booking.h"

#include "app/charter_record.h"
#include "app/reservations.h"

namespace app {

using base::Result;
using domain::Answer;
using domain::AskState;
using domain::Charter;
using domain::Slot;

namespace {

Result<void> refuse_lacking(const domain::Tenant& tenant, const domain::Member& member,
                            const domain::Role& role, const Charter& charter) {
  if (!member.holds(role))
    return base::conflict(member.name + " does not hold the role '" + role.text() + "' any more",
                          "role-not-held");
  const auto lack = domain::lack_of({member.id, role}, tenant, charter.ends);
  if (!lack) return {};
  return base::conflict(*lack, "credential-lapsed");
}

// Whose seat it was; nullopt: nobody's.
std::optional<Slot> put_in_seat(Charter& charter, const std::set<domain::MemberId>& declined,
                                const Slot& slot) {
  const auto open = std::ranges::find(charter.open, slot.role);
  if (open != charter.open.end()) {
    charter.open.erase(open);
    charter.crew.push_back(slot);
    return std::nullopt;
  }
  const auto given_up = std::ranges::find_if(charter.crew, [&](const Slot& one) {
    return one.role == slot.role && declined.contains(one.member);
  });
  if (given_up == charter.crew.end()) return std::nullopt;
  return std::exchange(*given_up, slot);
}

}  // namespace

Result<Charter> take_seat(const ports::TenantStore& store, ports::Changes& changes,
                          const World& world, const SeatSight& sight, const domain::Ask& ask) {
  const domain::Tenant& tenant = sight.tenant.value;
  Charter charter = sight.charter.value;
  const domain::Member* member = tenant.member(ask.member);
  if (!member) return base::not_found("There is no such charter");
  TRY(refuse_lacking(tenant, *member, ask.role, charter));
  Reservations reservations(store, world.now());
  TRY(reservations.take_apart(*member, busy_of(charter), tenant, "answer"));
  TRY(reservations.add_to(changes));
  charter.revision += 1;
  const auto gone = put_in_seat(charter, sight.declined, {ask.member, ask.role, charter.revision});
  if (gone)
    TRY(keep_refusal(store, changes, sight.charter.value, *gone, sight.answers.at(gone->member)));
  put_changed(changes, charter, sight.charter.version);
  const auto given = TRY(store.get(answer_place(charter.id, ask.member)));
  changes.put(answer_place(charter.id, ask.member), given ? given->version : ports::absent,
              encoded(GivenAnswer{Answer::yes, world.now(), charter.revision,
                                  meant_by(charter, {ask.member, ask.role})}));
  return charter;
}

Result<Charter> reopen_seat(const ports::TenantStore& store, ports::Changes& changes,
                            const World& world, const SeatSight& sight, const Slot& slot) {
  Charter charter = sight.charter.value;
  Reservations reservations(store, world.now());
  TRY(reservations.let_go(slot.member, busy_of(charter)));
  TRY(reservations.add_to(changes));
  charter.revision += 1;
  std::erase_if(charter.crew, [&](const Slot& one) { return one.member == slot.member; });
  charter.open.push_back(slot.role);
  put_changed(changes, charter, sight.charter.version);
  return charter;
}

Result<void> keep_refusal(const ports::TenantStore& store, ports::Changes& changes,
                          const Charter& charter, const Slot& slot, const GivenAnswer& said) {
  const std::string meant = meant_by(charter, slot);
  const auto before = TRY(load_ask(store, charter.id, slot.member));
  KeptAsk kept = before ? before->value : KeptAsk{};
  const bool is_of_this = kept.ask.role == slot.role && kept.ask.meant == meant;
  if (before && is_of_this && kept.ask.state == AskState::no) return {};
  const bool has_taken_it = before && is_of_this && kept.ask.state == AskState::yes;
  if (!has_taken_it) {
    if (kept.ask.state == AskState::waiting) kept.ask.state = AskState::withdrawn;
    const domain::Ask at_no_time{slot.member, slot.role, kept.ask.pass, charter.revision, meant,
                                 {},          {}};
    kept = before ? followed_by(kept, at_no_time) : KeptAsk{at_no_time};
  }
  kept.ask.state = AskState::no;
  kept.ask.ended_at = said.at;
  kept.deed = {};
  changes.put(ask_place(charter.id, slot.member), before ? before->version : ports::absent,
              encoded(kept));
  return {};
}

Result<void> follow_answer(const ports::TenantStore& store, ports::Changes& changes,
                           const World& world, const Seat& seat, Answer before, Answer after) {
  const bool was_out = before == Answer::no;
  const bool is_out = after == Answer::no;
  const domain::Member* member = seat.tenant.member(seat.slot.member);
  if (was_out == is_out || !member) return {};
  Reservations reservations(store, world.now());
  if (is_out) {
    TRY(reservations.let_go(member->id, busy_of(seat.charter)));
  } else {
    TRY(refuse_lacking(seat.tenant, *member, seat.slot.role, seat.charter));
    TRY(reservations.take_apart(*member, busy_of(seat.charter), seat.tenant, "answer"));
  }
  return reservations.add_to(changes);
}

}  // namespace app
