#include "app/look_again.h"

#include <algorithm>

#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/seat_sight.h"

namespace app {

using base::Result;

namespace {

// Whoever is asked for a trip further ahead is seen to by the call's own looks.
constexpr std::chrono::days looks_ahead{3 * 366};

bool waits_for_somebody(const SeatSight& sight) {
  return std::ranges::any_of(sight.asks, [](const Loaded<KeptAsk>& kept) {
    return kept.value.ask.state == domain::AskState::waiting;
  });
}

Result<bool> look_once(const ports::TenantStore& store, const World& world,
                       const domain::CharterId& id) {
  if (TRY(load_call(store, id)).value.round == 0) return false;
  const auto sight = TRY(seat_sight(store, id));
  if (!sight || !waits_for_somebody(*sight)) return false;
  auto changes = store.changes();
  changes.check(charter_place(id), sight->charter.version);
  TRY(owe_look(store, changes, sight->charter.value, world.now()));
  TRY(store.commit(changes));
  return true;
}

}  // namespace

Result<std::size_t> look_again(const ports::TenantStore& store, const World& world) {
  const base::Instant now = world.now();
  std::size_t calls = 0;
  for (const domain::CalendarEntry& entry : TRY(entries_in(store, {now, now + looks_ahead}))) {
    if (entry.kind != domain::BusyKind::charter) continue;
    const domain::CharterId id(entry.id);
    calls += TRY(decide([&] { return look_once(store, world, id); })) ? 1U : 0U;
  }
  return calls;
}

}  // namespace app
