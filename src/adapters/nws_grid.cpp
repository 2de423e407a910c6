#include "adapters/nws_grid.h"

#include <cmath>
#include <map>
#include <span>

#include "base/foreign_json.h"
#include "base/text.h"

namespace adapters {

namespace json = base::json;
using base::Instant;
using base::list_in;
using base::object_in;
using base::Result;
using base::text_in;
using domain::WeatherHour;
using std::chrono::hours;

namespace {

constexpr std::size_t values_max = 1000;
constexpr hours valid_max{10 * 24};

struct Unit {
  std::string_view name;
  double factor;
};

constexpr Unit of_speed[] = {{"km_h-1", 1 / 1.852}, {"m_s-1", 3600 / 1852.0}, {"kt", 1}};
constexpr Unit of_length[] = {{"m", 1}, {"km", 1000}, {"ft", 0.3048}};
constexpr Unit of_angle[] = {{"degree_(angle)", 1}};
constexpr Unit of_chance[] = {{"percent", 1}};

struct Layer {
  std::string_view name;
  std::span<const Unit> units;
  double most;  // more is not believed, and less than nothing neither
  std::optional<double> WeatherHour::* figure;
};

const Layer all_layers[] = {
    {"windSpeed", of_speed, 200, &WeatherHour::wind_knots},
    {"windGust", of_speed, 250, &WeatherHour::gust_knots},
    {"windDirection", of_angle, 360, &WeatherHour::wind_from_degrees},
    {"waveHeight", of_length, 30, &WeatherHour::wave_metres},
    {"primarySwellHeight", of_length, 30, &WeatherHour::swell_metres},
    {"visibility", of_length, 200'000, &WeatherHour::visibility_metres},
    {"probabilityOfPrecipitation", of_chance, 100, &WeatherHour::precipitation_percent},
};

using Hours = std::map<Instant, WeatherHour>;

std::optional<double> number_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (!value || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

// "wmoUnit:km_h-1", and "unit:km_h-1" as it once was.
std::optional<double> factor_of(const Layer& layer, std::string_view unit) {
  const std::string_view name = unit.substr(unit.find(':') + 1);
  for (const Unit& known : layer.units)
    if (known.name == name) return known.factor;
  return std::nullopt;
}

// Seconds do not matter to an hour, and only 00 can be read.
std::optional<Instant> read_instant(std::string_view text) {
  constexpr std::size_t minutes_end = 16;
  constexpr std::size_t seconds_end = 19;
  if (text.size() < seconds_end || text[minutes_end] != ':') return std::nullopt;
  const auto written = base::parse_written_time(std::string(text.substr(0, minutes_end)) + ":00" +
                                                std::string(text.substr(seconds_end)));
  if (!written || !written->offset) return std::nullopt;
  return Instant(written->wall.time_since_epoch()) - *written->offset;
}

// "P1DT6H", "PT3H", "PT30M".
std::optional<base::minutes> read_duration(std::string_view text) {
  if (!text.starts_with('P')) return std::nullopt;
  base::minutes sum{0};
  bool in_time = false;
  std::string digits;
  for (const char c : text.substr(1)) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == 'T' && !in_time && digits.empty()) {
      in_time = true;
    } else {
      const auto count = base::parse_unsigned(digits);
      if (!count || digits.size() > 4) return std::nullopt;
      const int span = static_cast<int>(*count);
      if (c == 'D' && !in_time)
        sum += std::chrono::days(span);
      else if (c == 'H' && in_time)
        sum += hours(span);
      else if (c == 'M' && in_time)
        sum += base::minutes(span);
      else
        return std::nullopt;
      digits.clear();
    }
  }
  if (!digits.empty() || sum <= base::minutes(0) || sum > valid_max) return std::nullopt;
  return sum;
}

void read_value(const Layer& layer, double factor, const json::object& value, Hours& hours_read) {
  const auto valid = read_nws_interval(text_in(value, "validTime"));
  const auto number = number_in(value, "value");
  if (!valid || !number) return;
  const double figure = std::round(*number * factor * 100) / 100;
  if (!(figure >= 0 && figure <= layer.most)) return;
  for (auto at = std::chrono::floor<hours>(valid->from); at < valid->until; at += hours(1)) {
    if (hours_read.size() >= domain::forecast_hours_max && !hours_read.contains(at)) return;
    WeatherHour& hour = hours_read[at];
    hour.at = at;
    hour.*layer.figure = figure;
  }
}

void read_layer(const Layer& layer, const json::object& properties, Hours& hours_read) {
  const json::object* said = object_in(properties, layer.name);
  const json::array* values = said ? list_in(*said, "values") : nullptr;
  const auto factor = said ? factor_of(layer, text_in(*said, "uom")) : std::nullopt;
  if (!factor || !values) return;
  const json::array& list = *values;
  for (std::size_t i = 0; i < std::min(list.size(), values_max); ++i)
    if (list[i].is_object()) read_value(layer, *factor, list[i].get_object(), hours_read);
}

}  // namespace

std::optional<domain::Interval> read_nws_interval(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  const auto from = read_instant(text.substr(0, slash));
  const auto length = read_duration(text.substr(slash + 1));
  if (!from || !length) return std::nullopt;
  return domain::Interval{*from, *from + *length};
}

Result<domain::Forecast> read_nws_grid(std::string_view body) {
  const json::object answer = TRY(base::parse_json_object(body));
  const json::object* properties = object_in(answer, "properties");
  const auto issued = properties ? read_instant(text_in(*properties, "updateTime")) : std::nullopt;
  if (!issued) return base::malformed("the forecast does not say when it was made");
  Hours hours_read;
  for (const Layer& layer : all_layers) read_layer(layer, *properties, hours_read);
  if (hours_read.empty()) return base::malformed("the forecast has no figure that makes sense");
  domain::Forecast forecast{nws_name, *issued, {}};
  for (auto& [at, hour] : hours_read) forecast.hours.push_back(hour);
  return forecast;
}

}  // namespace adapters
