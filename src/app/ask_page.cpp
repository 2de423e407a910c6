#include "app/ask_page.h"

#include <algorithm>

namespace app {

using base::Result;
using domain::AskView;

namespace {

AskView::Seat seat_now(const SeatSight& sight, const domain::Ask& ask, base::Instant now) {
  const domain::Charter& charter = sight.charter.value;
  if (charter.is_cancelled()) return AskView::Seat::called_off;
  if (charter.starts.utc <= now) return AskView::Seat::over;
  if (sight.seats_of(ask.role) > 0) return AskView::Seat::open;
  return sight.is_filled(ask.role) ? AskView::Seat::taken : AskView::Seat::closed;
}

domain::Answer answer_of(const SeatSight& sight, const domain::Ask& ask) {
  const bool said_no = ask.state == domain::AskState::no && sight.is_current(ask);
  return said_no ? domain::Answer::no : domain::Answer::none;
}

}  // namespace

Result<AskView> ask_page(const SeatSight& sight, const domain::MemberId& reader,
                         base::Instant now) {
  const auto kept = std::ranges::find_if(
      sight.asks, [&](const Loaded<KeptAsk>& one) { return one.value.ask.member == reader; });
  const domain::Member* member = sight.tenant.value.member(reader);
  if (kept == sight.asks.end() || !member) return base::not_found("There is no such charter");
  const domain::Ask& ask = kept->value.ask;
  const domain::Charter& charter = sight.charter.value;
  const domain::Vessel* vessel = sight.tenant.value.vessel(charter.vessel);
  AskView view;
  view.operator_name = sight.tenant.value.name;
  view.charter = charter.id.text();
  if (vessel) view.boat = vessel->name;
  view.place = domain::place_of(charter, vessel);
  view.starts = charter.starts;
  view.ends = charter.ends;
  view.party_size = charter.guest.party_size;
  view.reader_name = member->name;
  view.role = ask.role.text();
  view.asked = charter.revision;
  view.until = base::at(ask.until, charter.starts.zone);
  view.mode = sight.tenant.value.call.of(ask.role).mode;
  view.seat = seat_now(sight, ask, now);
  view.has_time = ask.state == domain::AskState::waiting && !ask.is_over_at(now);
  view.answer = answer_of(sight, ask);
  return view;
}

Result<AskView> ask_page(const ports::TenantStore& store, const domain::CharterId& charter,
                         const domain::MemberId& reader, base::Instant now) {
  const auto sight = TRY(seat_sight(store, charter));
  if (!sight) return base::not_found("There is no such charter");
  return ask_page(*sight, reader, now);
}

}  // namespace app
