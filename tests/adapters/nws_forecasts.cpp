// The weather service as it answers, and as it should not.
#include "adapters/nws_forecasts.h"

#include "adapters/nws_grid.h"

#include "tests/adapters/forecasts_fixture.h"

namespace adapters::testing {
namespace {

using base::Kind;
using std::chrono::hours;

base::Instant at(const char* utc) {
  return base::parse_utc(utc).value();
}

const domain::WeatherHour* hour_at(const domain::Forecast& forecast, const char* utc) {
  for (const domain::WeatherHour& hour : forecast.hours)
    if (hour.at == at(utc)) return &hour;
  return nullptr;
}

class NwsTest : public ::testing::Test {
 protected:
  base::Result<std::optional<domain::Forecast>> ask(double latitude = 32.7252,
                                                    double longitude = -117.2050) {
    return service_.hourly(latitude, longitude);
  }

  std::string points_said = answer(points_body);
  std::string grid_said = answer(whole_grid());
  ScriptedServer server{[this](const std::string& request) {
    return target_of(request).starts_with("/points/") ? points_said : grid_said;
  }};

 private:
  NwsForecasts service_{server.endpoint(), "fairlead/0 (ops@sailjada.example)", quick_limits()};
};

TEST_F(NwsTest, a_place_leads_to_a_square_and_the_square_to_its_hours) {
  const auto met = ask();
  ASSERT_TRUE(met) << met.error().message;
  ASSERT_TRUE(*met);
  const domain::Forecast& forecast = **met;
  EXPECT_EQ(forecast.source, "National Weather Service");
  EXPECT_EQ(forecast.issued_at, at("2027-05-30T14:41:00Z"));
  ASSERT_EQ(forecast.hours.size(), 24U);
  const domain::WeatherHour* hour = hour_at(forecast, "2027-05-31T00:00:00Z");
  ASSERT_TRUE(hour);
  EXPECT_EQ(hour->wind_knots, 12);
  EXPECT_EQ(hour->gust_knots, 24);
  EXPECT_EQ(hour->wind_from_degrees, 270);
  EXPECT_EQ(hour->wave_metres, 0.91);
  EXPECT_EQ(hour->swell_metres, std::nullopt) << "null is no figure";
  EXPECT_EQ(hour->visibility_metres, 16093.44);
  EXPECT_EQ(hour->precipitation_percent, 5);
  EXPECT_EQ(hour_at(forecast, "2027-05-30T22:00:00Z")->wind_knots, 8);
  EXPECT_EQ(hour_at(forecast, "2027-05-31T01:00:00Z")->wind_knots, 10);
  const auto asked = server.requests();
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(target_of(asked[0]), "/points/32.7252,-117.205") << "a nought at the end is redirected";
  EXPECT_EQ(target_of(asked[1]), "/gridpoints/SGX/55,13");
  EXPECT_NE(asked[1].find("User-Agent: fairlead/0 (ops@sailjada.example)\r\n"), std::string::npos);
}

TEST_F(NwsTest, remembers_the_square_until_it_is_gone) {
  ASSERT_TRUE(ask());
  ASSERT_TRUE(ask());
  EXPECT_EQ(server.requests().size(), 3U);
  grid_said = answer("{}", {}, "404 Not Found");
  EXPECT_EQ(ask().error().kind, Kind::unavailable);
  grid_said = answer(whole_grid());
  ASSERT_TRUE(ask());
  EXPECT_EQ(target_of(server.requests()[4]), "/points/32.7252,-117.205");
}

TEST_F(NwsTest, for_some_places_there_is_none) {
  points_said = answer(R"({"title":"Data Unavailable For Requested Point","status":404,
    "type":"https://api.weather.gov/problems/InvalidPoint"})",
                       {}, "404 Not Found");
  const auto met = ask(38.7, -9.1);
  ASSERT_TRUE(met);
  EXPECT_FALSE(*met);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(NwsTest, follows_no_address_that_an_answer_names) {
  points_said = answer("", "Location: /points/1,1\r\n", "301 Moved Permanently");
  EXPECT_EQ(ask().error().kind, Kind::unavailable);
  for (const char* office : {"SG", "SGX/../x", "sgx", "SGXY", "S?X"}) {
    points_said = answer(std::string(R"({"properties":{"gridId":")") + office +
                         R"(","gridX":1,"gridY":2,"forecastGridData":"http://127.0.0.1:1/x"}})");
    EXPECT_EQ(ask().error().kind, Kind::malformed) << office;
  }
  for (const char* number : {"-1", "1e9", "10000", "\"5\"", "null", "5.5"}) {
    points_said = answer(std::string(R"({"properties":{"gridId":"SGX","gridX":)") + number +
                         R"(,"gridY":2}})");
    EXPECT_EQ(ask().error().kind, Kind::malformed) << number;
  }
  for (const std::string& request : server.requests())
    EXPECT_TRUE(target_of(request).starts_with("/points/")) << request;
}

TEST_F(NwsTest, down_is_unavailable) {
  for (const char* status : {"500 Internal Server Error", "503 Service Unavailable",
                             "429 Too Many Requests", "403 Forbidden"}) {
    points_said = answer(points_body);
    grid_said = answer("{\"title\":\"Unexpected Problem\"}", {}, status);
    EXPECT_EQ(ask().error().kind, Kind::unavailable) << status;
    points_said = grid_said;
    EXPECT_EQ(ask().error().kind, Kind::unavailable) << status;
  }
  points_said = "";
  EXPECT_EQ(ask().error().kind, Kind::unavailable) << "it hangs up";
}

TEST_F(NwsTest, slow_is_unavailable_by_the_deadline) {
  // A head that promises a body which never comes.
  points_said = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{";
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(ask().error().kind, Kind::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3));
}

TEST_F(NwsTest, without_end_is_limited) {
  grid_said = answer(std::string(5 * 1024 * 1024, ' '));
  EXPECT_EQ(ask().error().kind, Kind::limited);
}

TEST_F(NwsTest, nonsense_is_malformed) {
  for (const std::string& body :
       {std::string(), std::string("<html>maintenance</html>"), std::string("[]"),
        std::string("{\"properties\":[]}"), std::string(40, '['), std::string("{\"a\":\xff}"),
        std::string("{\"properties\":{\"updateTime\":\"yesterday\"}}"), grid("")}) {
    grid_said = answer(body);
    EXPECT_EQ(ask().error().kind, Kind::malformed) << body;
  }
  points_said = answer("<html>");
  grid_said = answer(whole_grid());
  EXPECT_TRUE(ask()) << "known places need not be asked about";
  EXPECT_EQ(ask(33, -118).error().kind, Kind::malformed);
}

TEST(NwsGrid, takes_no_figure_without_a_unit_that_it_knows) {
  const std::string when = "2027-05-30T14:00:00+00:00/PT1H";
  const auto wind_in = [&](const std::string& unit, const std::string& figure) {
    // With a figure that is right beside it, so that the answer is never empty.
    const auto read = read_nws_grid(grid(layer("windSpeed", unit, value(when, figure)) +
                                         layer("visibility", "wmoUnit:m", value(when, "1000"))));
    return read->hours.front().wind_knots;
  };
  EXPECT_EQ(wind_in("wmoUnit:km_h-1", "18.52"), 10);
  EXPECT_EQ(wind_in("unit:km_h-1", "18.52"), 10) << "as it was once written";
  EXPECT_EQ(wind_in("wmoUnit:m_s-1", "10"), 19.44);
  EXPECT_EQ(wind_in("wmoUnit:kt", "10"), 10);
  for (const char* unit : {"wmoUnit:degC", "", "km/h", "wmoUnit:m", "wmoUnit:"})
    EXPECT_EQ(wind_in(unit, "10"), std::nullopt) << unit;
  for (const char* figure : {"-1", "1e6", "null", "\"10\"", "true", "{}"})
    EXPECT_EQ(wind_in("wmoUnit:km_h-1", figure), std::nullopt) << figure;
}

TEST(NwsGrid, reads_layers_that_are_not_as_they_should_be) {
  const std::string when = "2027-05-30T14:00:00+00:00/PT1H";
  const std::string good = layer("visibility", "wmoUnit:m", value(when, "1000"));
  for (const char* bad :
       {",\"windSpeed\":[]", ",\"windSpeed\":null", ",\"windSpeed\":{\"uom\":null,\"values\":[]}",
        ",\"windSpeed\":{\"uom\":\"wmoUnit:km_h-1\"}",
        ",\"windSpeed\":{\"uom\":\"wmoUnit:km_h-1\",\"values\":{}}",
        ",\"windSpeed\":{\"uom\":\"wmoUnit:km_h-1\",\"values\":[1,null,{}]}"}) {
    const auto read = read_nws_grid(grid(good + bad));
    ASSERT_TRUE(read) << bad;
    EXPECT_EQ(read->hours.size(), 1U) << bad;
  }
}

TEST(NwsGrid, reads_intervals) {
  const auto interval = read_nws_interval("2027-05-30T14:00:00+00:00/P1DT6H");
  ASSERT_TRUE(interval);
  EXPECT_EQ(interval->from, at("2027-05-30T14:00:00Z"));
  EXPECT_EQ(interval->until, at("2027-05-31T20:00:00Z"));
  EXPECT_EQ(read_nws_interval("2027-05-30T10:00:00-04:00/PT1H")->from, at("2027-05-30T14:00:00Z"));
  EXPECT_EQ(read_nws_interval("2027-05-30T14:00:00Z/PT30M")->until, at("2027-05-30T14:30:00Z"));
  for (const char* bad :
       {"", "/", "2027-05-30T14:00:00+00:00", "2027-05-30T14:00:00+00:00/", "x/PT1H",
        "2027-05-30T14:00:00/PT1H", "2027-05-30T14:00:00+00:00/PT", "2027-05-30T14:00:00Z/P1M",
        "2027-05-30T14:00:00Z/PT0H", "2027-05-30T14:00:00Z/PT1H1", "2027-05-30T14:00:00Z/P11D",
        "2027-05-30T14:00:00Z/PT99999999999999H", "2027-05-30T14:00:00Z/P1H",
        "2027-13-30T14:00:00Z/PT1H", "2027-05-30T14:00:00Z/-PT1H"})
    EXPECT_FALSE(read_nws_interval(bad)) << bad;
}

TEST(NwsGrid, keeps_no_more_hours_than_are_of_use) {
  std::string values;
  for (int day = 1; day <= 28; ++day) {
    if (day > 1) values += ",";
    const std::string two = (day < 10 ? "0" : "") + std::to_string(day);
    values += value("2027-06-" + two + "T00:00:00Z/P10D", "1000");
  }
  const auto read = read_nws_grid(grid(layer("visibility", "wmoUnit:m", values)));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->hours.size(), domain::forecast_hours_max);
}

}  // namespace
}  // namespace adapters::testing
