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
  const std::string page = render_crew_page(testing::crew_view(), std::nullopt);
  for (const std::string_view what :
       {"Boatsetter, Dana", "JADA Charters", "Sunday, 30 May 2027", "4:30 PM – 7:30 PM PDT",
        "3 hours", "Harbor Island, west dock", "openstreetmap", "Dana’s party of 6", "captain",
        "Guests bring their own food<br>Ice is in the lazarette", "Ben Ito", "Cleo Marsh",
        "<span class=\"mark yes\">yes</span>", "<span class=\"mark no\">no</span>", "no answer yet",
        "Before departure", "After return", "1 of 3", "Ben Ito, 15:52"})
    EXPECT_TRUE(has(page, what)) << what;
  EXPECT_TRUE(has(page, "<script defer src=\"" + asset_href("crew.js") + "\"></script>"));
  EXPECT_FALSE(has(page, "Weather"));
  EXPECT_FALSE(has(page, "⟦"));
}

TEST(CrewPage, the_answer_is_a_form_that_shows_what_was_said) {
  domain::CrewView view = testing::crew_view();
  std::string page = render_crew_page(view, std::nullopt);
  EXPECT_TRUE(has(page, "method=\"post\" action=\"/charters/jada.7k3m2q/answer\""));
  EXPECT_TRUE(has(page, "name=\"answer\" value=\"yes\" aria-pressed=\"false\""));
  EXPECT_TRUE(has(page, "name=\"answer\" value=\"no\" aria-pressed=\"false\""));
  EXPECT_TRUE(has(page, "Not answered yet."));
  EXPECT_TRUE(has(page, "class=\"card answering asked\""));
  view.reader_answer = domain::Answer::no;
  page = render_crew_page(view, std::nullopt);
  EXPECT_TRUE(has(page, "value=\"yes\" aria-pressed=\"false\""));
  EXPECT_TRUE(has(page, "value=\"no\" aria-pressed=\"true\""));
  EXPECT_TRUE(has(page, "You said no."));
  EXPECT_TRUE(has(page, "class=\"card answering\""));
}

TEST(CrewPage, each_item_is_a_form_that_turns_it_round) {
  const std::string page = render_crew_page(testing::crew_view(), std::nullopt);
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
  EXPECT_FALSE(has(render_crew_page(view, std::nullopt), "Your hours"));
  view.hours = domain::HoursView{domain::HoursState::open, "", {}, "15", false, ""};
  view.hours->stints = {{view.starts, view.ends}, {view.ends, {}}};
  std::string page = render_crew_page(view, std::nullopt);
  for (const std::string_view what :
       {"action=\"/charters/jada.7k3m2q/hours\"", "value=\"clock_in\" disabled>Clock in",
        "value=\"clock_out\">Clock out", "You are clocked in.", "<li>4:30 PM – 7:30 PM PDT</li>",
        "<li>Since 7:30 PM PDT</li>", "type=\"number\"", "max=\"15\""})
    EXPECT_TRUE(has(page, what)) << what;
  view.hours->clock_over = true;
  page = render_crew_page(view, std::nullopt);
  EXPECT_TRUE(has(page, "You did not clock out."));
  EXPECT_FALSE(has(page, "clock_out"));
  view.hours = domain::HoursView{domain::HoursState::entered, "3.25", {}, "15", false, ""};
  view.hours->refusal = "<script>";
  page = render_crew_page(view, std::nullopt);
  EXPECT_TRUE(has(page, "role=\"alert\">Not saved: &lt;script&gt;"));
  EXPECT_TRUE(has(page, "value=\"3.25\""));
  EXPECT_FALSE(has(page, "clock_in")) << "a number stands in place of the clock";
  view.hours->state = domain::HoursState::approved;
  page = render_crew_page(view, std::nullopt);
  EXPECT_TRUE(has(page, "Approved: 3.25 hours."));
  EXPECT_FALSE(has(page, "/hours\""));
}

TEST(CrewPage, weather_has_its_place) {
  const std::string page =
      render_crew_page(testing::crew_view(), std::vector<std::string>{"Wind W 12 kn <gusts>"});
  EXPECT_TRUE(has(page, "Weather"));
  EXPECT_TRUE(has(page, "<li>Wind W 12 kn &lt;gusts&gt;</li>"));
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
  const std::string page = render_crew_page(view, std::nullopt);
  for (const std::string_view what : {"Notes for the crew", "<dt>Guests", "Before departure",
                                      "After return", "openstreetmap", "class=\"below\""})
    EXPECT_FALSE(has(page, what)) << what;
}

TEST(CrewPage, a_cancelled_trip_says_so_and_asks_for_nothing) {
  domain::CrewView view = testing::crew_view();
  view.status = domain::CharterStatus::cancelled;
  const std::string page = render_crew_page(view, std::vector<std::string>{"Wind W 12 kn"});
  for (const std::string_view what :
       {"<h1>Cancelled: Boatsetter, Dana</h1>", "The trip will not take place", "Was planned for",
        "Sunday, 30 May 2027</time></s>", "<s>4:30 PM – 7:30 PM PDT</s>", "<p class=\"below\">JADA",
        "Harbor Island, west dock", "<dd>captain</dd>", "noindex"})
    EXPECT_TRUE(has(page, what)) << what;
  for (const std::string_view what :
       {"<form", "<button", "<script", "Are you in?", "answer yet", "Before departure",
        "Life jackets", "Lines and fenders", "Wind W", "openstreetmap", "Guests bring", "⟦",
        "The weather"})
    EXPECT_FALSE(has(page, what)) << what;
  view.told_cause = domain::CancelCause::weather;
  EXPECT_TRUE(has(render_crew_page(view, std::nullopt),
                  "The weather does not allow this trip. The trip will not take place"));
}

TEST(CrewPage, hostile_texts_stay_texts) {
  const std::string hostile = "<script>alert(1)</script>\"' onload=x \xE2\x80\xAE{item}";
  domain::CrewView view = testing::crew_view();
  view.operator_name = view.charter = view.title = view.boat = view.place.dock = hostile;
  view.guest_first_name = view.crew_notes = view.reader_name = view.reader_role = hostile;
  view.crew[1] = {hostile, hostile, domain::Answer::none, false};
  view.departure[0] = {hostile, hostile, true, hostile, hostile};
  const std::string page = render_crew_page(view, std::vector<std::string>{hostile});
  EXPECT_FALSE(has(page, "<script>"));
  EXPECT_FALSE(has(page, "\xE2\x80\xAE"));
  EXPECT_FALSE(has(page, "\"' onload"));
  view.status = domain::CharterStatus::cancelled;
  const std::string cancelled = render_crew_page(view, std::nullopt);
  EXPECT_FALSE(has(cancelled, "<script"));
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
