#include "app/seat_sight.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/tenant_record.h"

namespace app {

std::size_t SeatSight::seats_of(const domain::Role& role) const {
  return static_cast<std::size_t>(std::ranges::count(seats, role));
}

bool SeatSight::is_filled(const domain::Role& role) const {
  return std::ranges::any_of(charter.value.crew, [&](const domain::Slot& slot) {
    return slot.role == role && !declined.contains(slot.member);
  });
}

bool SeatSight::is_current(const domain::Ask& ask) const {
  return ask.meant == meant_by(charter.value, {ask.member, ask.role});
}

base::Result<std::optional<SeatSight>> seat_sight(const ports::TenantStore& store,
                                                  const domain::CharterId& id) {
  auto charter = TRY(load_charter(store, id));
  if (!charter) return std::optional<SeatSight>{};
  SeatSight sight;
  sight.charter = *std::move(charter);
  sight.tenant = TRY(load_tenant(store));
  sight.answers = TRY(answers_of(store, id));
  sight.asks = TRY(asks_of(store, id));
  sight.declined = declined_in(sight.charter.value, sight.answers);
  sight.seats = domain::seats_up(sight.charter.value, sight.declined);
  return std::optional(std::move(sight));
}

}  // namespace app
