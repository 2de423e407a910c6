#include "app/crew_hours_view.h"

#include "app/charter_record.h"
#include "app/hours_record.h"

namespace app {

using base::Result;
using domain::HoursView;

Result<std::optional<HoursView>> crew_hours_view(const ports::TenantStore& store,
                                                 const World& world, const CrewMate& mate) {
  const auto loaded = TRY(load_charter(store, mate.charter));
  if (!loaded) return base::not_found("There is no such charter");
  const domain::Charter& charter = loaded->value;
  const domain::Hours hours = TRY(load_hours(store, mate.charter, mate.member)).value.hours;
  HoursView view;
  view.state = domain::state_of(hours);
  view.clock_over = domain::clock_is_over(charter, world.now());
  const bool early = !domain::clock_has_opened(charter, world.now());
  if (early && view.state == domain::HoursState::none) return std::optional<HoursView>{};
  if (const auto total = domain::total_of(hours)) view.total = total->text();
  view.most = domain::hours_max(charter).text();
  const std::string& zone = charter.starts.zone;
  for (const domain::Stint& stint : hours.stints) {
    view.stints.push_back({base::at(stint.begins, zone), {}});
    if (stint.ends) view.stints.back().ends = base::at(*stint.ends, zone);
  }
  return std::optional(std::move(view));
}

}  // namespace app
