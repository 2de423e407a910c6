// Answers shaped like those of the weather and the tide service, for a place in San Diego Bay.
#pragma once

#include <string>

#include "adapters/nws_forecasts.h"

#include "tests/net/scripted_server.h"

namespace adapters::testing {

using net::testing::answer;
using net::testing::ScriptedServer;

inline const std::string points_body = R"({
  "@context": ["https://geojson.org/geojson-ld/geojson-context.jsonld"],
  "id": "https://api.weather.gov/points/32.7252,-117.205",
  "type": "Feature",
  "geometry": {"type": "Point", "coordinates": [-117.205, 32.7252]},
  "properties": {
    "@id": "https://api.weather.gov/points/32.7252,-117.205",
    "@type": "wx:Point", "cwa": "SGX",
    "forecastOffice": "https://api.weather.gov/offices/SGX",
    "gridId": "SGX", "gridX": 55, "gridY": 13,
    "forecast": "https://api.weather.gov/gridpoints/SGX/55,13/forecast",
    "forecastHourly": "https://api.weather.gov/gridpoints/SGX/55,13/forecast/hourly",
    "forecastGridData": "https://api.weather.gov/gridpoints/SGX/55,13",
    "timeZone": "America/Los_Angeles", "radarStation": "KNKX"}})";

// One layer: unit and values as they stand in the answer.
inline std::string layer(const std::string& name, const std::string& unit,
                         const std::string& values) {
  return ",\"" + name + "\":{\"uom\":\"" + unit + "\",\"values\":[" + values + "]}";
}
inline std::string value(const std::string& valid, const std::string& figure) {
  return "{\"validTime\":\"" + valid + "\",\"value\":" + figure + "}";
}
inline std::string grid(const std::string& layers) {
  return "{\"id\":\"https://api.weather.gov/gridpoints/SGX/55,13\",\"type\":\"Feature\","
         "\"properties\":{\"@type\":\"wx:Gridpoint\","
         "\"updateTime\":\"2027-05-30T14:41:12+00:00\","
         "\"validTimes\":\"2027-05-30T08:00:00+00:00/P7DT17H\","
         "\"elevation\":{\"unitCode\":\"wmoUnit:m\",\"value\":3.048},\"gridId\":\"SGX\"" +
         layers + "}}";
}

inline std::string whole_grid() {
  return grid(
      layer("temperature", "wmoUnit:degC", value("2027-05-30T14:00:00+00:00/PT9H", "19.44")) +
      layer("windDirection", "wmoUnit:degree_(angle)",
            value("2027-05-30T14:00:00+00:00/P1D", "270")) +
      layer("windSpeed", "wmoUnit:km_h-1",
            value("2027-05-30T14:00:00+00:00/PT9H", "14.816") + "," +
                value("2027-05-30T23:00:00+00:00/PT2H", "22.224") + "," +
                value("2027-05-31T01:00:00+00:00/PT13H", "18.52")) +
      layer("windGust", "wmoUnit:km_h-1",
            value("2027-05-30T14:00:00+00:00/PT9H", "25.928") + "," +
                value("2027-05-30T23:00:00+00:00/PT15H", "44.448")) +
      layer("waveHeight", "wmoUnit:m", value("2027-05-30T14:00:00+00:00/P1D", "0.9144")) +
      layer("primarySwellHeight", "wmoUnit:m", value("2027-05-30T14:00:00+00:00/P1D", "null")) +
      layer("visibility", "wmoUnit:m", value("2027-05-30T14:00:00+00:00/P1D", "16093.44")) +
      layer("probabilityOfPrecipitation", "wmoUnit:percent",
            value("2027-05-30T14:00:00+00:00/P1D", "5")));
}

inline net::ClientLimits quick_limits() {
  net::ClientLimits limits = forecast_client_limits();
  limits.total = std::chrono::milliseconds(400);
  return limits;
}

// The path that a request asks for.
inline std::string target_of(const std::string& request) {
  const std::size_t from = request.find(' ') + 1;
  return request.substr(from, request.find(' ', from) - from);
}

}  // namespace adapters::testing
