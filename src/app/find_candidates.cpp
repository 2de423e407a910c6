#include "app/find_candidates.h"

#include <algorithm>

#include "app/availability_record.h"
#include "app/reservations.h"

namespace app {

using base::Result;
using domain::Member;
using domain::Role;

namespace {

// No turnaround is longer (tenant file).
constexpr std::chrono::days turnaround_most{7};

// Asked for that role of this very trip, and has had the time to say something.
bool has_had_it(const SeatSight& sight, const domain::Ask& ask, const Role& role) {
  const bool is_answered =
      ask.state != domain::AskState::taken && ask.state != domain::AskState::withdrawn;
  return ask.role == role && is_answered && sight.is_current(ask);
}

// Aboard, or asked before.
bool is_out(const SeatSight& sight, const Member& member, const Role& role) {
  const auto& crew = sight.charter.value.crew;
  if (std::ranges::find(crew, member.id, &domain::Slot::member) != crew.end()) return true;
  return std::ranges::any_of(sight.asks, [&](const Loaded<KeptAsk>& kept) {
    if (kept.value.ask.member != member.id) return false;
    return has_had_it(sight, kept.value.ask, role) ||
           std::ranges::any_of(kept.value.earlier, [&](const domain::Ask& one) {
             return has_had_it(sight, one, role);
           });
  });
}

// Being asked for another seat, which that of an earlier stage replaces: a hand who can be the
// captain is asked to be.
bool is_asked_otherwise(const SeatSight& sight, const Member& member, const Role& role) {
  return std::ranges::any_of(sight.asks, [&](const Loaded<KeptAsk>& kept) {
    const domain::Ask& last = kept.value.ask;
    return last.member == member.id && last.state == domain::AskState::waiting &&
           sight.is_current(last) && domain::stage_of(last.role) <= domain::stage_of(role);
  });
}

struct Search {
  const ports::TenantStore& store;
  const SeatSight& sight;
  base::Instant now;
  std::size_t most;
  Candidates found = {};
  std::set<Role> hoped_for = {};  // whoever can fill it is asked for another seat

  bool is_chosen(const Member& member) const {
    return std::ranges::find(found.to_ask, &member, &Candidates::One::member) != found.to_ask.end();
  }

  Result<void> choose(const Role& role, std::size_t wanted) {
    for (const Member* member : domain::call_order(sight.tenant.value, role)) {
      if (wanted == 0 || found.to_ask.size() == most) return {};
      if (is_out(sight, *member, role)) continue;
      const auto& charter = sight.charter.value;
      const auto diary = TRY(diary_of(store, member->id, charter, now));
      if (domain::obstacle_of(*member, role, charter, sight.tenant.value, diary) !=
          domain::Obstacle::none)
        continue;
      if (is_chosen(*member) || is_asked_otherwise(sight, *member, role)) {
        hoped_for.insert(role);
        continue;
      }
      found.to_ask.push_back({member, role});
      --wanted;
    }
    return {};
  }
};

}  // namespace

Result<domain::Diary> diary_of(const ports::TenantStore& store, const domain::MemberId& member,
                               const domain::Charter& charter, base::Instant now) {
  const domain::Interval trip{charter.starts.utc, charter.ends.utc};
  domain::Diary diary;
  diary.away = TRY(load_away(store, member)).value;
  diary.busy = TRY(busy_of(store, member, trip.widened(turnaround_most), now));
  return diary;
}

Result<Candidates> find_candidates(const ports::TenantStore& store, const SeatSight& sight,
                                   const std::multiset<Role>& waiting_for, base::Instant now,
                                   std::size_t most) {
  Search search{store, sight, now, most};
  const std::set<Role> roles(sight.seats.begin(), sight.seats.end());
  for (int stage = 0; stage < domain::call_stages; ++stage) {
    bool is_called = false;
    for (const Role& role : roles) {
      if (domain::stage_of(role) != stage) continue;
      const std::size_t waiting = waiting_for.count(role);
      const std::size_t before = search.found.to_ask.size();
      TRY(search.choose(role, domain::asks_wanted(sight.tenant.value.call.of(role),
                                                  sight.seats_of(role), waiting)));
      const std::size_t chosen = search.found.to_ask.size();
      const bool somebody =
          waiting > 0 || chosen > before || chosen == most || search.hoped_for.contains(role);
      if (!somebody) search.found.nobody_left.insert(role);
      is_called |= somebody;
    }
    if (is_called) break;
  }
  return std::move(search.found);
}

}  // namespace app
