// The look after the weather: whom it asks, what it keeps, and that trouble is told and holds
// nobody up.
#include "app/refresh_weather.h"

#include "app/cancel_charter.h"
#include "app/show_weather.h"
#include "app/tenant_record.h"
#include "app/weather_record.h"

#include "tests/app/change_fixture.h"
#include "tests/app/fake_weather.h"

namespace app::testing {

namespace {

using domain::Verdict;
using domain::WeatherView;
using std::chrono::hours;
using std::chrono::minutes;

class RefreshWeatherTest : public ChangeTest {
 protected:
  void SetUp() override {
    ChangeTest::SetUp();
    auto file = tenant_file();
    file.tenant.vessels[0].tide_station = "9410170";
    file.tenant.vessels[0].weather_limits.wind_knots = {18, 25};
    value_of(apply_tenant(installation, world, file));
  }

  std::size_t look() {
    JobDesk with_services = desk();
    with_services.forecasts = &services;
    with_services.tides = &services;
    return value_of(refresh_weather(with_services, [] { return true; }));
  }
  void wait_until_before_start(hours before) {
    clock.advance(charter().starts.utc - before - clock.now());
  }
  WeatherView view() {
    const auto tenant = value_of(load_tenant(operations()));
    return *value_of(show_weather(operations(), charter(), tenant.value, clock.now()));
  }
  std::vector<domain::Briefing> kept() {
    return value_of(kept_briefings(operations(), charter().id));
  }

  FakeWeather services{clock};
};

}  // namespace

TEST_F(RefreshWeatherTest, asks_in_the_last_week_and_shows_what_it_met) {
  clock.advance(charter().starts.utc - hours(7 * 24 + 1) - clock.now());
  EXPECT_EQ(look(), 0U);
  EXPECT_EQ(services.asked, 0);
  EXPECT_EQ(view().state, WeatherView::State::not_yet);
  EXPECT_EQ(view().comes_at, charter().starts.utc - hours(7 * 24));
  clock.advance(hours(1));
  EXPECT_EQ(look(), 1U);
  const WeatherView seen = view();
  EXPECT_EQ(seen.state, WeatherView::State::known);
  EXPECT_EQ(seen.source, "National Weather Service");
  EXPECT_EQ(seen.wind_knots->figure, 12);
  EXPECT_EQ(seen.gust_knots->figure, 18);
  EXPECT_EQ(seen.judgement->verdict, Verdict::go);
  EXPECT_EQ(seen.tide_station, "Station 9410170");
  EXPECT_FALSE(seen.tides.empty());
  EXPECT_FALSE(seen.missing_since);
  EXPECT_EQ(look(), 0U) << "not again so soon";
  clock.advance(hours(6));
  EXPECT_EQ(look(), 1U);
  EXPECT_EQ(services.asked, 2);
}

TEST_F(RefreshWeatherTest, one_answer_serves_all_trips_of_a_place) {
  wait_until_before_start(hours(72));
  booked(plain_request("2027-05-29T10:00"));
  booked(plain_request("2027-05-30T10:00"));
  EXPECT_EQ(look(), 3U);
  EXPECT_EQ(services.asked, 1);
  EXPECT_EQ(services.asked_tides, 1);
}

TEST_F(RefreshWeatherTest, a_trip_from_nowhere_or_called_off_is_not_asked_about) {
  wait_until_before_start(hours(72));
  booked(plain_request("2027-05-29T10:00", "skiff"));
  Cancellation request;
  request.meant.charter = trip.id;
  request.cause = domain::CancelCause::weather;
  request.actor = "dashboard key 3f2a";
  ASSERT_TRUE(cancel_charter(owner(), world, request));
  EXPECT_EQ(look(), 0U);
  EXPECT_EQ(services.asked, 0);
}

TEST_F(RefreshWeatherTest, without_an_answer_it_says_since_when_and_keeps_the_last) {
  wait_until_before_start(hours(20));
  look();
  const base::Instant known = clock.now();
  services.forecast_trouble = base::unavailable("api.weather.gov: no answer");
  clock.advance(hours(1));
  const base::Instant missing = std::chrono::floor<std::chrono::seconds>(clock.now());
  EXPECT_EQ(look(), 1U);
  WeatherView seen = view();
  EXPECT_EQ(seen.state, WeatherView::State::known);
  EXPECT_EQ(seen.missing_since, missing);
  EXPECT_EQ(seen.got_at, std::chrono::floor<std::chrono::seconds>(known));
  EXPECT_EQ(seen.wind_knots->figure, 12);
  EXPECT_EQ(look(), 0U) << "patience";
  clock.advance(minutes(10));
  EXPECT_EQ(look(), 1U);
  EXPECT_EQ(view().missing_since, missing) << "since the first time";
  const auto watch = value_of(load_weather(operations(), trip.id))->value;
  EXPECT_EQ(watch.failures, 2);
  EXPECT_EQ(watch.trouble, "api.weather.gov: no answer");
  services.forecast_trouble.reset();
  clock.advance(hours(1));
  EXPECT_EQ(look(), 1U);
  seen = view();
  EXPECT_FALSE(seen.missing_since);
  EXPECT_EQ(seen.age, minutes(0));
}

TEST_F(RefreshWeatherTest, never_known_is_said_as_well) {
  wait_until_before_start(hours(20));
  services.forecast_trouble = base::malformed("an answer that makes no sense");
  look();
  EXPECT_EQ(view().state, WeatherView::State::not_yet);
  EXPECT_TRUE(view().missing_since);
  EXPECT_FALSE(view().sun.empty());
  EXPECT_TRUE(kept().empty());
}

TEST_F(RefreshWeatherTest, a_service_that_does_not_answer_is_left_alone_for_the_rest_of_the_look) {
  wait_until_before_start(hours(72));
  auto file = tenant_file();
  for (int i = 0; i < 5; ++i) {
    domain::Vessel vessel = file.tenant.vessels[0];
    vessel.id = domain::VesselId("boat" + std::to_string(i));
    *vessel.latitude += i + 1;
    file.tenant.vessels.push_back(vessel);
  }
  value_of(apply_tenant(installation, world, file));
  for (int i = 0; i < 5; ++i) booked(plain_request("2027-05-29T10:00", "boat" + std::to_string(i)));
  services.forecast_trouble = base::unavailable("no answer");
  EXPECT_EQ(look(), 6U) << "all of them know that it is missing";
  EXPECT_EQ(services.asked, 2);
  EXPECT_TRUE(view().missing_since);
}

TEST_F(RefreshWeatherTest, one_answer_without_sense_is_no_reason_to_leave_a_service_alone) {
  wait_until_before_start(hours(72));
  auto file = tenant_file();
  for (int i = 0; i < 4; ++i) {
    domain::Vessel vessel = file.tenant.vessels[0];
    vessel.id = domain::VesselId("boat" + std::to_string(i));
    *vessel.latitude += i + 1;
    file.tenant.vessels.push_back(vessel);
  }
  value_of(apply_tenant(installation, world, file));
  for (int i = 0; i < 4; ++i) booked(plain_request("2027-05-29T10:00", "boat" + std::to_string(i)));
  services.forecast_trouble = base::malformed("no sense");
  look();
  EXPECT_EQ(services.asked, 5);
}

TEST_F(RefreshWeatherTest, tides_stay_while_their_service_is_away) {
  wait_until_before_start(hours(20));
  look();
  services.tide_trouble = base::unavailable("no tides");
  clock.advance(hours(1));
  look();
  EXPECT_FALSE(view().missing_since) << "the forecast is there";
  EXPECT_FALSE(view().tides.empty());
  EXPECT_EQ(value_of(load_weather(operations(), trip.id))->value.trouble, "no tides");
}

TEST_F(RefreshWeatherTest, where_no_forecast_is_made_it_says_so) {
  wait_until_before_start(hours(20));
  services.knows_the_place = false;
  look();
  EXPECT_EQ(view().state, WeatherView::State::no_such_place);
}

TEST_F(RefreshWeatherTest, keeps_each_decision_with_its_forecast_and_the_last_before_the_start) {
  wait_until_before_start(hours(5));
  look();
  ASSERT_EQ(kept().size(), 1U);
  clock.advance(hours(1));
  look();
  EXPECT_EQ(kept().size(), 1U) << "nothing new";
  services.wind_knots = 20;
  clock.advance(hours(1));
  look();
  services.wind_knots = 26;
  clock.advance(hours(1));
  look();
  const auto decisions = kept();
  ASSERT_EQ(decisions.size(), 3U);
  EXPECT_EQ(decisions[0].judgement->verdict, Verdict::go);
  EXPECT_EQ(decisions[1].judgement->verdict, Verdict::caution);
  EXPECT_EQ(decisions[2].judgement->verdict, Verdict::no_go);
  EXPECT_EQ(decisions[2].judgement->reasons[0].limit, 25);
  EXPECT_EQ(decisions[1].forecast.hours.size(), 4U) << "16:30 to 19:30";
  EXPECT_EQ(decisions[1].forecast.hours[0].wind_knots, 20);
  EXPECT_EQ(decisions[1].site.limits.wind_knots.caution, 18);
  clock.advance(hours(1));
  look();  // an hour before
  const base::Instant last = std::chrono::floor<std::chrono::seconds>(clock.now());
  EXPECT_EQ(kept().size(), 3U);
  clock.advance(hours(1));
  look();  // at the start
  ASSERT_EQ(kept().size(), 4U);
  EXPECT_EQ(kept()[3].got_at, last);
}

TEST_F(RefreshWeatherTest, another_time_or_limit_is_judged_anew_at_once) {
  wait_until_before_start(hours(30));
  look();
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  clock.advance(minutes(5));
  EXPECT_EQ(view().state, WeatherView::State::not_yet) << "nothing of the other hours is shown";
  EXPECT_EQ(look(), 1U);
  EXPECT_EQ(view().state, WeatherView::State::known);
  auto file = tenant_file();
  file.tenant.vessels[0].weather_limits.wind_knots = {10, 25};
  value_of(apply_tenant(installation, world, file));
  clock.advance(minutes(5));
  EXPECT_EQ(look(), 1U);
  EXPECT_EQ(view().judgement->verdict, Verdict::caution);
  EXPECT_EQ(kept().size(), 3U);
}

TEST_F(RefreshWeatherTest, switched_off_asks_nobody) {
  wait_until_before_start(hours(20));
  EXPECT_EQ(value_of(refresh_weather(desk(), [] { return true; })), 0U);
}

TEST_F(RefreshWeatherTest, stops_when_told_to) {
  wait_until_before_start(hours(20));
  JobDesk with_services = desk();
  with_services.forecasts = &services;
  EXPECT_EQ(value_of(refresh_weather(with_services, [] { return false; })), 0U);
  EXPECT_EQ(services.asked, 0);
}

TEST_F(RefreshWeatherTest, told_to_stop_while_it_waits_it_asks_nobody_else) {
  wait_until_before_start(hours(20));
  JobDesk with_services = desk();
  with_services.forecasts = &services;
  with_services.tides = &services;
  value_of(refresh_weather(with_services, [&] { return services.asked == 0; }));
  EXPECT_EQ(services.asked, 1);
  EXPECT_EQ(services.asked_tides, 0);
  EXPECT_FALSE(value_of(load_weather(operations(), trip.id))) << "as if it had not been asked";
}

TEST_F(RefreshWeatherTest, another_operators_trouble_is_theirs) {
  wait_until_before_start(hours(20));
  // What a record of theirs says cannot be read.
  auto changes = operations("jada").changes();
  const auto loaded = value_of(operations("jada").get(weather_place(trip.id)));
  changes.put(weather_place(trip.id), loaded ? loaded->version : ports::absent, "[]");
  ASSERT_TRUE(operations("jada").commit(changes));
  const auto taken =
      value_of(take_booking(owner("tern"), world, plain_request("2027-05-30T10:00"),
                            [](const TakenBooking& booking) { return booking.charter.id.text(); }));
  EXPECT_EQ(look(), 1U);
  EXPECT_TRUE(value_of(load_weather(operations("tern"), domain::CharterId(taken.body))));
}

}  // namespace app::testing
