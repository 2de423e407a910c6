// The crew page, and the small pages.
#include "app/render_crew_page.h"

#include <gtest/gtest.h>

#include "app/asset_links.h"
#include "app/render_message_pages.h"

#include "tests/app/example_views.h"

namespace app {
namespace {

bool has(const std::string& page, std::string_view what) {
  return page.find(what) != std::string::npos;
}

TEST(CrewPage, shows_the_trip_to_its_reader) {
  const std::string page = render_crew_page(testing::crew_view());
  for (const std::string_view what :
       {"Boatsetter, Dana", "JADA Charters", "Sunday, 30 May 2027", "4:30 PM – 7:30 PM PDT",
        "3 hours", "Harbor Island, west dock", "openstreetmap", "Dana’s party of 6", "captain",
        "Guests bring their own food<br>Ice is in the lazarette", "Ben Ito", "Cleo Marsh",
        "<span class=\"mark yes\">yes</span>", "<span class=\"mark no\">no</span>", "no answer yet",
        "Before departure", "After return", "1 of 3", "Ben Ito, 15:52"})
    EXPECT_TRUE(has(page, what)) << what;
  EXPECT_TRUE(has(page, "<script defer src=\"" + asset_href("ticks.js") +
                            "\"></script>\n<script defer src=\"" + asset_href("crew.js") +
                            "\"></script>"));
  EXPECT_FALSE(has(page, "Weather"));
  EXPECT_FALSE(has(page, "⟦"));
}

// The service worker looks for this very tag in a copy that it has to serve (assets/worker.js).
TEST(CrewPage, knows_when_it_was_read_and_keeps_it_hidden) {
  domain::CrewView view = testing::crew_view();
  view.read_at = testing::moment("2027-05-30T16:05", "America/Los_Angeles");
  const std::string note =
      "<p class=\"saved\" hidden>Saved copy from Sun 30 May 2027, 4:05 PM; "
      "changes since are not shown.</p>";
  EXPECT_TRUE(has(render_crew_page(view), note));
  view.status = domain::CharterStatus::cancelled;
  EXPECT_TRUE(has(render_crew_page(view), note));
}

TEST(CrewPage, the_answer_is_a_form_that_shows_what_was_said) {
  domain::CrewView view = testing::crew_view();
  std::string page = render_crew_page(view);
  EXPECT_TRUE(has(page, "method=\"post\" action=\"/charters/jada.7k3m2q/answer\""));
  EXPECT_TRUE(has(page, "name=\"answer\" value=\"yes\" aria-pressed=\"false\""));
  EXPECT_TRUE(has(page, "name=\"answer\" value=\"no\" aria-pressed=\"false\""));
  EXPECT_TRUE(has(page, "Not answered yet."));
  EXPECT_TRUE(has(page, "class=\"card answering asked\""));
  view.reader_answer = domain::Answer::no;
  page = render_crew_page(view);
  EXPECT_TRUE(has(page, "value=\"yes\" aria-pressed=\"false\""));
  EXPECT_TRUE(has(page, "value=\"no\" aria-pressed=\"true\""));
  EXPECT_TRUE(has(page, "You said no."));
  EXPECT_TRUE(has(page, "class=\"card answering\""));
}

TEST(CrewPage, each_item_is_a_form_that_turns_it_round) {
  const std::string page = render_crew_page(testing::crew_view());
  EXPECT_TRUE(has(page,
                  "<form method=\"post\" action=\"/charters/jada.7k3m2q/checklist/d1\" data-tick>"
                  "<button type=\"submit\" role=\"checkbox\" name=\"done\" value=\"false\" "
                  "aria-checked=\"true\">"));
  EXPECT_TRUE(has(page,
                  "<form method=\"post\" action=\"/charters/jada.7k3m2q/checklist/r3\" data-tick>"
                  "<button type=\"submit\" role=\"checkbox\" name=\"done\" value=\"true\" "
                  "aria-checked=\"false\">"));
}

TEST(CrewPage, hours_have_a_card_while_there_is_something_to_say) {
  domain::CrewView view = testing::crew_view();
  EXPECT_FALSE(has(render_crew_page(view), "Your hours"));
  view.hours = domain::HoursView{domain::HoursState::open, "", {}, "15", false, ""};
  view.hours->stints = {{view.starts, view.ends}, {view.ends, {}}};
  std::string page = render_crew_page(view);
  for (const std::string_view what :
       {"action=\"/charters/jada.7k3m2q/hours\"", "value=\"clock_in\" disabled>Clock in",
        "value=\"clock_out\">Clock out", "You are clocked in.", "<li>4:30 PM – 7:30 PM PDT</li>",
        "<li>Since 7:30 PM PDT</li>", "type=\"number\"", "max=\"15\""})
    EXPECT_TRUE(has(page, what)) << what;
  view.hours->clock_over = true;
  page = render_crew_page(view);
  EXPECT_TRUE(has(page, "You did not clock out."));
  EXPECT_FALSE(has(page, "clock_out"));
  view.hours = domain::HoursView{domain::HoursState::entered, "3.25", {}, "15", false, ""};
  view.hours->refusal = "<script>";
  page = render_crew_page(view);
  EXPECT_TRUE(has(page, "role=\"alert\">Not saved: &lt;script&gt;"));
  EXPECT_TRUE(has(page, "value=\"3.25\""));
  EXPECT_FALSE(has(page, "clock_in")) << "a number stands in place of the clock";
  view.hours->state = domain::HoursState::approved;
  page = render_crew_page(view);
  EXPECT_TRUE(has(page, "Approved: 3.25 hours."));
  EXPECT_FALSE(has(page, "/hours\""));
  view.hours->total = "1";
  EXPECT_TRUE(has(render_crew_page(view), "Approved: 1 hour."));
  view.hours->state = domain::HoursState::entered;
  EXPECT_TRUE(has(render_crew_page(view), "Noted: 1 hour.<"));
  view.hours->total = "0";
  view.hours->stints = {{view.starts, view.starts}};
  EXPECT_TRUE(has(render_crew_page(view), "Noted: 0 hours, to the nearest quarter hour.<"));
}

TEST(CrewPage, weather_has_its_place) {
  domain::CrewView view = testing::crew_view();
  view.weather = testing::weather_view();
  const std::string page = render_crew_page(view);
  for (const std::string_view what :
       {"<h2 id=\"weather\">Weather</h2>", "<p class=\"verdict caution\"><strong>Caution</strong>",
        "<li>Gusts 24 kn at 6:00 PM (limit 22 kn)</li>",
        "<li>Visibility: not forecast, though the boat has a limit for it</li>",
        "<dt>Wind</dt><dd>W 10–13 kn</dd>", "<dt>Gusts</dt><dd>up to 24 kn, 6:00 PM</dd>",
        "<dt>Waves</dt><dd>up to 0.9 m (3.0 ft), 5:00 PM</dd>",
        "<dt>Swell</dt><dd>up to 1.2 m (3.9 ft), 5:00 PM</dd>",
        "<dt>Rain</dt><dd>up to 15 % likely</dd>",
        "<dd>high 4:10 PM, 1.6 m (5.2 ft), low 10:32 PM, −0.1 m (−0.3 ft) at San Diego (NOAA",
        "<dd>rises 5:41 AM, sets 7:52 PM</dd>",
        "National Weather Service: issued Sun 30 May 2027, 8:05 AM PDT, read Sun 30 May 2027, "
        "8:40 AM PDT, 35 minutes ago."})
    EXPECT_TRUE(has(page, what)) << what;
  EXPECT_FALSE(has(page, "class=\"gap\"")) << "nothing to apologise for";
  EXPECT_FALSE(has(page, "⟦"));
}

TEST(CrewPage, an_old_forecast_says_so_and_decides_nothing) {
  domain::CrewView view = testing::crew_view();
  view.weather = testing::weather_view();
  view.weather->missing_since = base::parse_utc("2027-05-30T16:40:00Z").value();
  view.weather->age = std::chrono::hours(7);
  view.weather->judgement = domain::Judgement{domain::Verdict::go, {}, {}};
  const std::string page = render_crew_page(view);
  for (const std::string_view what :
       {"A newer forecast is not available since Sun 30 May 2027, 9:40 AM PDT. This one is old.",
        "<p class=\"verdict old\"><strong>Was Go, by the last forecast</strong>", "7 hours ago",
        "Within the limits of the boat"})
    EXPECT_TRUE(has(page, what)) << what;
  EXPECT_FALSE(has(page, "verdict go"));
}

TEST(CrewPage, without_a_forecast_the_sun_still_sets) {
  domain::CrewView view = testing::crew_view();
  domain::WeatherView weather = testing::weather_view();
  weather.state = domain::WeatherView::State::not_yet;
  weather.judgement.reset();
  weather.tides.clear();
  const auto page = [&] {
    view.weather = weather;
    return render_crew_page(view);
  };
  EXPECT_TRUE(has(page(), "<p class=\"gap\">No forecast yet.</p>"));
  EXPECT_TRUE(has(page(), "sets 7:52 PM"));
  EXPECT_FALSE(has(page(), "<dt>Wind</dt>"));
  EXPECT_FALSE(has(page(), "class=\"verdict"));
  weather.comes_at = base::parse_utc("2027-05-23T23:30:00Z").value();
  EXPECT_TRUE(has(page(), "The forecast comes on Sun 23 May 2027."));
  weather.missing_since = base::parse_utc("2027-05-24T23:30:00Z").value();
  EXPECT_TRUE(has(page(), "not available since Mon 24 May 2027, 4:30 PM PDT."));
  weather.state = domain::WeatherView::State::no_such_place;
  EXPECT_TRUE(has(page(), "No forecast is made for this place."));
}

TEST(CrewPage, leaves_out_what_is_not_known) {
  domain::CrewView view = testing::crew_view();
  view.title = view.boat;
  view.crew_notes.clear();
  view.guest_first_name.clear();
  view.party_size = 0;
  view.departure.clear();
  view.return_items.clear();
  view.place = {};
  const std::string page = render_crew_page(view);
  for (const std::string_view what : {"Notes for the crew", "<dt>Guests", "Before departure",
                                      "After return", "openstreetmap", "class=\"below\""})
    EXPECT_FALSE(has(page, what)) << what;
}

TEST(CrewPage, a_cancelled_trip_says_so_and_asks_for_nothing) {
  domain::CrewView view = testing::crew_view();
  view.status = domain::CharterStatus::cancelled;
  view.weather = testing::weather_view();
  const std::string page = render_crew_page(view);
  for (const std::string_view what :
       {"<h1>Cancelled: Boatsetter, Dana</h1>", "The trip will not take place", "Was planned for",
        "Sunday, 30 May 2027</time></s>", "<s>4:30 PM – 7:30 PM PDT</s>", "<p class=\"below\">JADA",
        "Harbor Island, west dock", "<dd>captain</dd>", "noindex"})
    EXPECT_TRUE(has(page, what)) << what;
  for (const std::string_view what :
       {"<form", "<button", "Are you in?", "answer yet", "Before departure", "Life jackets",
        "Lines and fenders", "Wind", "Gusts", "openstreetmap", "Guests bring", "⟦", "The weather"})
    EXPECT_FALSE(has(page, what)) << what;
  view.told_cause = domain::CancelCause::weather;
  EXPECT_TRUE(has(render_crew_page(view),
                  "The weather does not allow this trip. The trip will not take place"));
}

TEST(CrewPage, hostile_texts_stay_texts) {
  const std::string hostile = "<script>alert(1)</script>\"' onload=x \xE2\x80\xAE{item}";
  domain::CrewView view = testing::crew_view();
  view.operator_name = view.charter = view.title = view.boat = view.place.dock = hostile;
  view.guest_first_name = view.crew_notes = view.reader_name = view.reader_role = hostile;
  view.crew[1] = {hostile, hostile, domain::Answer::none, false};
  view.departure[0] = {hostile, hostile, true, hostile, hostile};
  view.weather = testing::weather_view();
  view.weather->source = view.weather->tide_station = view.weather->tide_source = hostile;
  const std::string page = render_crew_page(view);
  EXPECT_FALSE(has(page, "<script>"));
  EXPECT_FALSE(has(page, "\xE2\x80\xAE"));
  EXPECT_FALSE(has(page, "\"' onload"));
  view.status = domain::CharterStatus::cancelled;
  const std::string cancelled = render_crew_page(view);
  EXPECT_FALSE(has(cancelled, "<script>"));
  EXPECT_FALSE(has(cancelled, "\"' onload"));
}

TEST(MessagePages, say_one_thing_each) {
  for (const MessagePage which :
       {MessagePage::not_found, MessagePage::dead_link, MessagePage::link_needed}) {
    const std::string page = render_message_page(which);
    EXPECT_TRUE(has(page, "<h1>"));
    EXPECT_TRUE(has(page, "noindex"));
    EXPECT_FALSE(has(page, "⟦"));
  }
  EXPECT_TRUE(has(render_message_page(MessagePage::not_found), "This page is not here"));
}

}  // namespace
}  // namespace app
