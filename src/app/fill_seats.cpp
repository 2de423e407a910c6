#include "app/fill_seats.h"

#include <algorithm>

#include "domain/booking.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/find_candidates.h"
#include "app/pass_record.h"
#include "app/plan_seat_mails.h"
#include "app/tenant_record.h"

namespace app {

namespace json = base::json;
using base::Instant;
using base::Result;
using domain::Ask;
using domain::AskState;

namespace {

constexpr std::size_t pass_id_bytes = 10;
// Each takes five changes at most; whoever is left over is seen to by the next look.
constexpr std::size_t people_per_look = 10;

// One look: what was found, and what comes of it. Asks end and begin in the sight, so that who is
// asked next is found as it is by then, and are written once at the end: one record a person.
struct Look {
  const ports::TenantStore& store;
  const World& world;
  SeatSight& sight;
  ports::Changes& changes;
  Instant now;
  std::uint32_t round;
  json::object facts = {};  // of the deed
  std::multiset<domain::Role> waiting_for = {};
  std::vector<Instant> looks = {};          // when there is something to see again
  std::set<domain::MemberId> changed = {};  // whose asks

  const domain::Charter& charter() const { return sight.charter.value; }
  const domain::Tenant& tenant() const { return sight.tenant.value; }
  bool has_room_for(const domain::MemberId& member) const {
    return changed.size() < people_per_look || changed.contains(member);
  }
  bool is_called_off() const { return charter().is_cancelled() || charter().starts.utc <= now; }
  void note(std::string_view what, const domain::MemberId& member) {
    auto& list = facts[what];
    if (!list.is_array()) list = json::array();
    list.get_array().emplace_back(member.text());
  }
};

bool is_aboard(const Look& look, const domain::MemberId& member) {
  const auto& crew = look.charter().crew;
  return std::ranges::find(crew, member, &domain::Slot::member) != crew.end();
}

// That nothing comes of it. Who is named for a seat hears of it by the crew's call.
bool is_worth_a_mail(const Look& look, const Ask& ended) {
  if (ended.state == AskState::taken || look.charter().is_cancelled()) return true;
  return ended.state == AskState::withdrawn && !look.is_called_off() &&
         !is_aboard(look, ended.member);
}

// In the tenant's file, with what the seat needs, as they were when they were asked.
bool may_fill(const Look& look, const Ask& ask) {
  const domain::Member* member = look.tenant().member(ask.member);
  return member && member->holds(ask.role) &&
         !domain::lack_of({ask.member, ask.role}, look.tenant(), look.charter().ends);
}

// How an ask that still waits stands now; waiting: as before.
AskState state_now(const Look& look, const Ask& ask) {
  if (look.is_called_off() || !look.sight.is_current(ask)) return AskState::withdrawn;
  if (is_aboard(look, ask.member)) return AskState::withdrawn;
  if (!may_fill(look, ask)) return AskState::withdrawn;
  if (look.sight.seats_of(ask.role) == 0) return AskState::taken;
  return ask.is_over_at(look.now) ? AskState::silent : AskState::waiting;
}

void end_asks(Look& look) {
  for (Loaded<KeptAsk>& kept : look.sight.asks) {
    const Ask& ask = kept.value.ask;
    if (ask.state != AskState::waiting) continue;
    const AskState state = state_now(look, ask);
    if (state == AskState::waiting) {
      look.waiting_for.insert(ask.role);
      look.looks.push_back(ask.until);
      continue;
    }
    if (!look.has_room_for(ask.member)) {
      look.looks.push_back(look.now);
      continue;
    }
    Ask ended = ask;
    ended.state = state;
    ended.ended_at = look.now;
    look.note(domain::name_of(state), ended.member);
    look.changed.insert(ended.member);
    kept.value = followed_by(kept.value, std::move(ended));
  }
}

Loaded<KeptAsk>* ask_of(SeatSight& sight, const domain::MemberId& member) {
  const auto found = std::ranges::find_if(
      sight.asks, [&](const Loaded<KeptAsk>& kept) { return kept.value.ask.member == member; });
  return found == sight.asks.end() ? nullptr : &*found;
}

// The link of an earlier ask, where that is still good; else a new one.
Result<domain::PassId> pass_for(Look& look, const Loaded<KeptAsk>* before,
                                const domain::MemberId& member) {
  if (before && !before->value.ask.pass.empty()) {
    const domain::PassId earlier = before->value.ask.pass;
    if (const auto kept = TRY(load_pass(look.store, earlier))) {
      // Their dismissal may be ending it at this moment (app/call_crew).
      look.changes.check(pass_place(earlier), kept->version);
      return earlier;
    }
  }
  const domain::PassId pass(look.world.random_text(pass_id_bytes));
  look.changes.put(pass_place(pass), ports::absent,
                   encoded(domain::Pass{pass, look.charter().id, member}));
  return pass;
}

// Who is asked for a seat of an earlier stage is not asked for theirs any more.
void replace_ask(Look& look, KeptAsk& before, const Ask& ask) {
  if (before.ask.state == AskState::waiting) {
    look.waiting_for.erase(look.waiting_for.find(before.ask.role));
    before.ask.state = AskState::withdrawn;
    before.ask.ended_at = look.now;
  }
  before = followed_by(before, ask);
}

Result<void> ask_one(Look& look, const Candidates::One& one) {
  const domain::RoleRules rules = look.tenant().call.of(one.role);
  Loaded<KeptAsk>* before = ask_of(look.sight, one.member->id);
  auto pass = TRY(pass_for(look, before, one.member->id));
  const Ask ask{one.member->id,
                one.role,
                std::move(pass),
                look.charter().revision,
                meant_by(look.charter(), {one.member->id, one.role}),
                look.now,
                std::min(domain::after_civil(look.now, rules.answer_within,
                                             look.tenant().call.civil, look.charter().starts.zone),
                         look.charter().starts.utc)};
  if (before)
    replace_ask(look, before->value, ask);
  else
    look.sight.asks.push_back({KeptAsk{ask}, ports::absent});
  look.note("asked", ask.member);
  look.changed.insert(ask.member);
  look.waiting_for.insert(ask.role);
  look.looks.push_back(ask.until);
  return {};
}

void put_asks(Look& look) {
  for (const Loaded<KeptAsk>& kept : look.sight.asks) {
    const Ask& ask = kept.value.ask;
    if (!look.changed.contains(ask.member)) continue;
    look.changes.put(ask_place(look.charter().id, ask.member), kept.version, encoded(kept.value));
    if (ask.state == AskState::waiting || is_worth_a_mail(look, ask))
      plan_seat_mail(look.changes, look.charter(), look.tenant(), ask, look.round, look.now);
  }
}

Result<void> ask_more(Look& look, CallRecord& call) {
  const std::string& zone = look.charter().starts.zone;
  const domain::CivilHours& civil = look.tenant().call.civil;
  const Instant opens = domain::next_civil(look.now, civil, zone);
  if (opens > look.now) {
    look.looks.push_back(opens);
    return {};
  }
  const auto found =
      TRY(find_candidates(look.store, look.sight, look.waiting_for, look.now, people_per_look));
  // There may be more of them.
  if (found.to_ask.size() == people_per_look) look.looks.push_back(look.now);
  for (const Candidates::One& one : found.to_ask)
    if (look.has_room_for(one.member->id))
      TRY(ask_one(look, one));
    else
      look.looks.push_back(look.now);
  json::array left;
  for (const domain::Role& role : found.nobody_left)
    if (!call.nobody_left.contains(role)) left.emplace_back(role.text());
  call.nobody_left = found.nobody_left;
  if (!left.empty()) look.facts["nobody_left"] = std::move(left);
  // Days off are taken back and credentials renewed: each morning somebody may be there again.
  const Instant evening =
      domain::civil_part(base::date_of(base::at(look.now, zone).wall), civil, zone).until;
  look.looks.push_back(domain::next_civil(evening, civil, zone));
  return {};
}

void watch_deadline(Look& look, CallRecord& call) {
  const Instant deadline = domain::fill_deadline(look.charter(), look.tenant().call);
  if (deadline > look.now) {
    look.looks.push_back(deadline);
    call.told_at_risk = false;
  }
  if (deadline > look.now || call.told_at_risk) return;
  call.told_at_risk = true;
  look.facts["at_risk"] = true;
}

void say_what_was_done(Look& look, const domain::Job& job) {
  if (look.facts.empty()) return;
  const bool concerns_owner = look.facts.contains("nobody_left") || look.facts.contains("at_risk");
  const AuditEntry entry = audit(
      look.changes, look.world,
      {"job " + job.id.text(), "fill_seats", charter_partition(look.charter().id), look.facts});
  if (concerns_owner)
    plan_owner_mail(look.changes, look.charter(), look.tenant(), entry.id, look.now);
}

Result<JobResult> look_once(const ports::TenantStore& store, const World& world,
                            const domain::Job& job) {
  auto sight = TRY(seat_sight(store, job.charter));
  if (!sight) return JobResult(JobOutcome::void_);
  const auto before = TRY(load_call(store, job.charter));
  if (round_of(job.id) != before.value.round) return JobResult(JobOutcome::void_);
  auto changes = store.changes();
  Look look{store, world, *sight, changes, world.now(), before.value.round};
  CallRecord call = before.value;
  end_asks(look);
  if (sight->seats.empty()) {
    call.nobody_left.clear();
    call.told_at_risk = false;
  } else if (!look.is_called_off()) {
    TRY(ask_more(look, call));
    watch_deadline(look, call);
  }
  put_asks(look);
  changes.check(charter_place(job.charter), sight->charter.version);
  changes.check(tenant_place(), sight->tenant.version);
  say_what_was_done(look, job);
  if (look.looks.empty())
    changes.put(call_place(job.charter), before.version, encoded(call));
  else
    owe_look(changes, sight->charter.value, before, call, look.now,
             std::min(std::ranges::min(look.looks),
                      std::max(look.now, sight->charter.value.starts.utc)));
  TRY(store.commit(changes));
  // There is one each morning: those that saw nothing need not be kept.
  if (look.facts.empty()) return JobResult(JobOutcome::void_);
  return JobResult(sight->charter.value.revision);
}

}  // namespace

Result<JobResult> fill_seats(const ports::TenantStore& store, const World& world,
                             const domain::Job& job) {
  return decide([&] { return look_once(store, world, job); });
}

}  // namespace app
