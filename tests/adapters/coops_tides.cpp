// The tide service as it answers, and as it should not.
#include "adapters/coops_tides.h"

#include "tests/adapters/forecasts_fixture.h"

namespace adapters::testing {
namespace {

using base::Kind;

base::Instant at(const char* utc) {
  return base::parse_utc(utc).value();
}

const std::string predictions = R"({"predictions":[
  {"t":"2027-05-30 04:22","v":"1.672","type":"H"},
  {"t":"2027-05-30 11:41","v":"-0.215","type":"L"},
  {"t":"2027-05-30 18:30","v":"1.204","type":"H"},
  {"t":"2027-05-30 22:52","v":"0.731","type":"L"}]})";
const std::string metadata = R"({"count":1,"units":null,"stations":[
  {"tidal":true,"state":"CA","timezone":"PST","id":"9410170","name":"San Diego",
   "lat":32.71419,"lng":-117.17358}]})";

class CoopsTest : public ::testing::Test {
 protected:
  base::Result<std::optional<domain::TideTable>> ask() {
    return service_.turns("9410170", {at("2027-05-30T00:00:00Z"), at("2027-06-01T12:00:00Z")});
  }

  std::string predictions_said = answer(predictions);
  std::string station_said = answer(metadata);
  ScriptedServer server{[this](const std::string& request) {
    return target_of(request).starts_with("/mdapi/") ? station_said : predictions_said;
  }};

 private:
  CoopsTides service_{server.endpoint(), "fairlead/0", quick_limits()};
};

TEST_F(CoopsTest, high_and_low_water_in_metres) {
  const auto met = ask();
  ASSERT_TRUE(met) << met.error().message;
  ASSERT_TRUE(*met);
  const domain::TideTable& tides = **met;
  EXPECT_EQ(tides.source, "NOAA CO-OPS");
  EXPECT_EQ(tides.station, "San Diego");
  ASSERT_EQ(tides.turns.size(), 4U);
  EXPECT_EQ(tides.turns[1].at, at("2027-05-30T11:41:00Z"));
  EXPECT_EQ(tides.turns[1].kind, domain::TideTurn::Kind::low);
  EXPECT_EQ(tides.turns[1].height_metres, -0.215);
  EXPECT_EQ(tides.turns[2].kind, domain::TideTurn::Kind::high);
  EXPECT_EQ(target_of(server.requests()[0]),
            "/api/prod/datagetter?product=predictions&application=fairlead&begin_date=20270530&"
            "end_date=20270601&datum=MLLW&station=9410170&time_zone=gmt&units=metric&interval=hilo&"
            "format=json");
}

TEST_F(CoopsTest, a_station_is_named_once) {
  ASSERT_TRUE(ask());
  ASSERT_TRUE(ask());
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(CoopsTest, without_a_name_it_goes_by_its_number) {
  for (const std::string& said :
       {answer("", {}, "500 No"), answer("<html>"), answer("{\"stations\":[]}"),
        answer("{\"stations\":[{\"name\":\"a\\nb\"}]}"), std::string()}) {
    station_said = said;
    const auto met = ask();
    ASSERT_TRUE(met) << said;
    EXPECT_EQ((*met)->station, "9410170") << said;
  }
}

TEST_F(CoopsTest, a_station_without_predictions_is_none) {
  const std::string error = R"({"error":{"message":"No Predictions data was found."}})";
  for (const char* status : {"200 OK", "400 Bad Request"}) {
    predictions_said = answer(error, {}, status);
    const auto met = ask();
    ASSERT_TRUE(met) << status;
    EXPECT_FALSE(*met) << status;
  }
}

TEST_F(CoopsTest, down_is_unavailable_and_without_end_is_limited) {
  for (const char* status : {"500 No", "503 No", "301 Moved Permanently", "404 Not Found"}) {
    predictions_said = answer("{}", {}, status);
    EXPECT_EQ(ask().error().kind, Kind::unavailable) << status;
  }
  predictions_said = "";
  EXPECT_EQ(ask().error().kind, Kind::unavailable);
  predictions_said = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{";
  EXPECT_EQ(ask().error().kind, Kind::unavailable);
  predictions_said = answer(std::string(5 * 1024 * 1024, ' '));
  EXPECT_EQ(ask().error().kind, Kind::limited);
}

TEST_F(CoopsTest, nonsense_is_malformed) {
  const auto one = [](const std::string& turn) { return "{\"predictions\":[" + turn + "]}"; };
  const std::string good = R"({"t":"2027-05-30 11:41","v":"0.2","type":"L"})";
  for (const std::string& body :
       {std::string("<html>"), std::string("{}"), std::string("{\"predictions\":{}}"), one(""),
        one("1"), one(R"({"t":"2027-05-30 11:41","v":"0.2"})"),
        one(R"({"t":"2027-05-30 11:41","v":"high","type":"H"})"),
        one(R"({"t":"2027-05-30 11:41","v":"nan","type":"H"})"),
        one(R"({"t":"2027-05-30 11:41","v":"99","type":"H"})"),
        one(R"({"t":"2027-05-30","v":"1","type":"H"})"),
        one(R"({"t":"2027-05-30 11:99","v":"1","type":"H"})"),
        one(R"({"t":"2027-05-30 11:41","v":0.2,"type":"H"})"), one(good + "," + good)}) {
    predictions_said = answer(body);
    EXPECT_EQ(ask().error().kind, Kind::malformed) << body;
  }
  std::string many;
  for (int day = 1; day <= 30; ++day)
    for (const char* clock : {"01:00", "07:00", "13:00"})
      many += (many.empty() ? "" : ",") + std::string(R"({"t":"2027-06-)") + (day < 10 ? "0" : "") +
              std::to_string(day) + " " + clock + R"(","v":"1","type":"H"})";
  predictions_said = answer(one(many));
  EXPECT_EQ(ask().error().kind, Kind::malformed) << "more than was asked for";
}

}  // namespace
}  // namespace adapters::testing
