// Forecasts: whatever the weather service says, no figure is beyond belief, and hours are in order.
#include "adapters/nws_grid.h"

#include "fuzz/harness.h"

namespace {

void check_hour(const domain::WeatherHour& hour) {
  for (const auto& knots : {hour.wind_knots, hour.gust_knots})
    fuzz::require(!knots || (*knots >= 0 && *knots <= 250));
  fuzz::require(!hour.wind_from_degrees || *hour.wind_from_degrees <= 360);
  for (const auto& metres : {hour.wave_metres, hour.swell_metres})
    fuzz::require(!metres || (*metres >= 0 && *metres <= 30));
  fuzz::require(!hour.precipitation_percent || *hour.precipitation_percent <= 100);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  if (const auto interval = adapters::read_nws_interval(text))
    fuzz::require(interval->from < interval->until);
  const auto forecast = adapters::read_nws_grid(text);
  if (!forecast) return 0;
  fuzz::require(!forecast->hours.empty());
  fuzz::require(forecast->hours.size() <= domain::forecast_hours_max);
  for (std::size_t i = 0; i < forecast->hours.size(); ++i) {
    check_hour(forecast->hours[i]);
    if (i > 0) fuzz::require(forecast->hours[i - 1].at < forecast->hours[i].at);
  }
  return 0;
}
