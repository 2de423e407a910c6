// show_weather: what is known of a charter's weather, as crew and owner see it. Reads records
// alone.
#pragma once

#include "domain/charter.h"
#include "domain/tenant.h"
#include "domain/weather_view.h"

#include "ports/tenant_store.h"

namespace app {

// nullopt: where the trip starts is not known.
base::Result<std::optional<domain::WeatherView>> show_weather(const ports::TenantStore& store,
                                                              const domain::Charter& charter,
                                                              const domain::Tenant& tenant,
                                                              base::Instant now);

}  // namespace app
