#include "forecast_wiring.h"

#include "adapters/coops_tides.h"
#include "adapters/nws_forecasts.h"

namespace fairlead {

using base::Result;

namespace {

// The weather service wants to know who asks, and to be able to write to them.
std::string user_agent(const ForecastsConfig& config) {
  const std::string program = std::string("fairlead/") + FAIRLEAD_VERSION;
  return config.contact.empty() ? program : program + " (" + config.contact + ")";
}

}  // namespace

Result<ForecastServices> open_forecasts(const ForecastsConfig& config) {
  ForecastServices services;
  if (config.engine == ForecastsConfig::Engine::none) return services;
  const auto limits = adapters::forecast_client_limits();
  services.forecasts = std::make_unique<adapters::NwsForecasts>(
      TRY(net::Endpoint::parse(config.weather_url)), user_agent(config), limits);
  services.tides = std::make_unique<adapters::CoopsTides>(
      TRY(net::Endpoint::parse(config.tides_url)), user_agent(config), limits);
  return services;
}

std::string probe_forecasts(ports::Forecasts& forecasts, double latitude, double longitude) {
  const auto met = forecasts.hourly(latitude, longitude);
  if (!met) return "not now: " + met.error().message + "; nothing else waits for it";
  const std::string place = std::to_string(latitude) + ", " + std::to_string(longitude);
  if (!*met) return "the service answers, and makes no forecast for " + place;
  return "ok, " + (*met)->source + ": " + std::to_string((*met)->hours.size()) + " hours for " +
         place + ", issued " + base::format_utc((*met)->issued_at);
}

std::string probe_tides(ports::Tides& tides, const std::string& station, base::Instant now) {
  const auto met = tides.turns(station, {now, now + std::chrono::hours(24)});
  if (!met) return "not now: " + met.error().message + "; nothing else waits for it";
  if (!*met) return "the service answers, and knows no tides for station " + station;
  return "ok, " + (*met)->source + ": " + std::to_string((*met)->turns.size()) + " turns at " +
         (*met)->station;
}

}  // namespace fairlead
