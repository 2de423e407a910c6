// The weather record of a charter, and the briefing on its crew's page.
#include "app/refresh_weather.h"

#include "tests/app/fake_weather.h"
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
using std::chrono::hours;

class WeatherApi : public WebTest {
 protected:
  WeatherApi() {
    app::TenantFile file = jada_file();
    file.tenant.vessels[0].weather_limits.wind_knots = {18, 25};
    file.tenant.vessels[0].tide_station = "9410170";
    apply(file);
    charter_ = book_example();
    run_jobs();
  }
  std::string path(const std::string& query = {}) const {
    return "/charters/" + charter_ + "/weather" + query;
  }
  json::object record() {
    const Response response = ask(jada().owner(get, path()));
    EXPECT_EQ(response.status, 200) << response.body;
    return object_of(response);
  }
  void look_at(base::Instant when) {
    advance_to(when);
    app::JobDesk desk_with_services = desk();
    desk_with_services.forecasts = &services;
    desk_with_services.tides = &services;
    EXPECT_EQ(app::refresh_weather(desk_with_services, [] { return true; }).value(), 1U);
  }

  const base::Instant start_ = base::parse_utc("2027-05-30T23:30:00Z").value();
  app::testing::FakeWeather services{clock()};
  std::string charter_;
};

}  // namespace

// covers: GET /charters/{id}/weather works
TEST_F(WeatherApi, before_there_is_a_forecast_has_the_sun) {
  const json::object body = record();
  EXPECT_EQ(body.at("state"), json::value("not_yet"));
  EXPECT_EQ(body.at("timezone"), json::value("America/Los_Angeles"));
  EXPECT_TRUE(body.at("missing_since").is_null());
  EXPECT_TRUE(body.at("last").is_null());
  EXPECT_EQ(body.at("decisions"), json::value(json::array()));
  EXPECT_EQ(body.at("sun").at(0).at("sets_at").as_string().subview(0, 16), "2027-05-31T02:50");
  EXPECT_TRUE(has(ask(jada().owner(get, path("?format=text"))).body, "No forecast has been read."));
}

// covers: GET /charters/{id}/weather works
TEST_F(WeatherApi, has_each_decision_with_its_forecast_and_limits) {
  look_at(start_ - hours(9));
  services.wind_knots = 26;
  look_at(start_ - hours(8));
  look_at(start_ - hours(7));
  services.forecast_trouble = base::unavailable("the weather service answered 503");
  look_at(start_ - hours(6));
  const json::object body = record();
  EXPECT_EQ(body.at("state"), json::value("known"));
  EXPECT_EQ(body.at("missing_since"), json::value("2027-05-30T17:30:00Z"));
  EXPECT_EQ(body.at("trouble"), json::value("the weather service answered 503"));
  EXPECT_EQ(body.at("last").at("got_at"), json::value("2027-05-30T16:30:00Z"));
  const json::array& decisions = body.at("decisions").as_array();
  ASSERT_EQ(decisions.size(), 2U);
  const auto verdict = [&](std::size_t i) { return decisions[i].at("judgement").at("verdict"); };
  EXPECT_EQ(verdict(0), json::value("go"));
  EXPECT_EQ(verdict(1), json::value("no_go"));
  EXPECT_EQ(decisions[0].at("forecast").at("hours").at(0).at("wind_knots"), json::value(12.0));
  EXPECT_EQ(base::to_text(decisions[1].at("site").at("limits")),
            R"({"wind_knots":{"caution":1.8E1,"no_go":2.5E1}})");
  EXPECT_EQ(decisions[1].at("tides").at("station"), json::value("Station 9410170"));
}

// covers: GET /charters/{id}/weather works
TEST_F(WeatherApi, is_a_page_to_print) {
  look_at(start_ - hours(9));
  services.wind_knots = 26;
  look_at(start_ - hours(8));
  look_at(start_ - hours(7));
  const Response page = ask(jada().owner(get, path("?format=text")));
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(header_of(page, "Content-Type"), "text/plain; charset=utf-8");
  for (const std::string& what :
       {"JADA Charters: weather record of JADA, charter " + charter_ + "\n",
        std::string("Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT"),
        std::string("Read Sun 30 May 2027, 7:30 AM PDT\n  Go\n  - Within the limits of the boat\n"),
        std::string("Read Sun 30 May 2027, 8:30 AM PDT\n  No-go\n  - Wind 26 kn at 4:00 PM"),
        std::string("Limit: Wind caution 18 kn, no-go 25 kn"),
        std::string("Read Sun 30 May 2027, 9:30 AM PDT"),
        std::string("  4:00 PM  Wind W 26 kn, Gusts 32 kn, Waves 0.7 m (2.4 ft)"),
        std::string("less than a minute ago"), std::string("at Station 9410170 (NOAA CO-OPS)")})
    EXPECT_TRUE(has(page.body, what)) << what << " in\n" << page.body;
  EXPECT_FALSE(has(page.body, "⟦"));
}

// covers: GET /charters/{id}/weather refused
TEST_F(WeatherApi, is_the_owners_alone_and_of_charters_that_are_there) {
  Ask nobody = jada().owner(get, path());
  nobody.headers.clear();
  EXPECT_TRUE(is_problem(refused(nobody), 401, "missing-credential"));
  EXPECT_TRUE(is_problem(refused(jada().owner(get, "/charters/jada.aaaaaaaaaaaaaaaa/weather")), 404,
                         "not-found"));
}

// covers: GET /charters/{id}/weather bad_input
TEST_F(WeatherApi, refuses_other_formats) {
  for (const char* query : {"?format=xml", "?format=", "?format=JSON"})
    EXPECT_TRUE(
        is_problem(refused(jada().owner(get, path(query))), 422, "invalid-request", {"format"}))
        << query;
}

// covers: GET /charters/{id}/weather stranger
TEST_F(WeatherApi, is_none_of_another_operators_business) {
  EXPECT_TRUE(is_problem(refused(tern().owner(get, path())), 404, "not-found"));
  Ask foreign = tern().owner(get, path());
  foreign.host = jada().sites().ops;
  EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential"));
}

TEST_F(WeatherApi, the_crews_page_has_the_briefing_and_asks_nobody) {
  look_at(start_ - hours(9));
  const int asked = services.asked;
  const Response page = ask(
      jada().crew(get, "/charters/" + charter_).with("Cookie", cookie_of(jada(), charter_, "ana")));
  EXPECT_TRUE(has(page.body, "<strong>Go</strong>"));
  EXPECT_TRUE(has(page.body, "<dt>Wind</dt><dd>W 12 kn</dd>"));
  EXPECT_FALSE(has(page.body, "840.75"));
  EXPECT_EQ(services.asked, asked);
}

}  // namespace web::testing
