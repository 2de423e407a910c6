#include "app/show_weather.h"

#include "app/weather_record.h"

namespace app {

using base::Result;

Result<std::optional<domain::WeatherView>> show_weather(const ports::TenantStore& store,
                                                        const domain::Charter& charter,
                                                        const domain::Tenant& tenant,
                                                        base::Instant now) {
  const domain::Vessel* vessel = tenant.vessel(charter.vessel);
  const auto site = domain::site_of({charter.starts.utc, charter.ends.utc},
                                    domain::place_of(charter, vessel), vessel);
  if (!site) return std::optional<domain::WeatherView>{};
  const auto loaded = TRY(load_weather(store, charter.id));
  const auto watch = loaded ? std::optional(loaded->value) : std::nullopt;
  return std::optional(domain::weather_view(watch, *site, charter.starts.zone, now));
}

}  // namespace app
