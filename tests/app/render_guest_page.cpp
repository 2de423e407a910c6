// The guest page: what it shows, what it can never show, and how large it may get.
#include "app/render_guest_page.h"

#include <gtest/gtest.h>

#include "app/asset_links.h"

#include "tests/app/example_views.h"

namespace app {
namespace {

bool has(const std::string& page, std::string_view what) {
  return page.find(what) != std::string::npos;
}

TEST(GuestPage, shows_the_trip) {
  const std::string page = render_guest_page(testing::guest_view());
  for (const std::string_view what :
       {"Welcome aboard, Dana", "JADA", "65-foot sailing yacht, built 1938", "Sunday, 30 May 2027",
        "4:30 PM – 7:30 PM PDT", "3 hours", "Harbor Island, west dock", "Soft-soled shoes",
        "Gate opens 20 minutes before", "href=\"/g/boatsetter-may-30.ics\"",
        "https://www.openstreetmap.org/?mlat=32.72520&amp;mlon=-117.20500#map=17/",
        "<meta name=\"robots\" content=\"noindex,nofollow\">", "<html lang=\"en\">"})
    EXPECT_TRUE(has(page, what)) << what;
  EXPECT_TRUE(has(page, asset_href("style.css")));
  EXPECT_FALSE(has(page, "⟦"));
}

TEST(GuestPage, says_of_a_bareboat_charter_who_brings_the_captain) {
  domain::GuestView view = testing::guest_view();
  EXPECT_FALSE(has(render_guest_page(view), "captain"));
  view.contract = domain::Contract::bareboat;
  EXPECT_TRUE(has(render_guest_page(view), "<p>Bareboat: you bring the captain</p>"));
}

std::size_t scripts_in(const std::string& page) {
  std::size_t count = 0;
  for (auto at = page.find("<script"); at != std::string::npos; at = page.find("<script", at + 1))
    ++count;
  return count;
}

TEST(GuestPage, has_one_script_of_ours_and_no_inline_style) {
  const std::string page = render_guest_page(testing::guest_view());
  EXPECT_TRUE(has(page, "<script defer src=\"" + asset_href("guest.js") + "\"></script>"));
  EXPECT_EQ(scripts_in(page), 1U);
  for (const std::string_view what : {"<style", " style=", " onclick", "javascript:"})
    EXPECT_FALSE(has(page, what)) << what;
}

TEST(GuestPage, leaves_out_what_is_not_known) {
  domain::GuestView view = testing::guest_view();
  view.guest_first_name.clear();
  view.boat_description.clear();
  view.place = {};
  view.bring.clear();
  view.arrival_note.clear();
  const std::string page = render_guest_page(view);
  EXPECT_TRUE(has(page, "Welcome aboard"));
  for (const std::string_view what :
       {"Welcome aboard,", "What to bring", "Where", "When you arrive", "openstreetmap"})
    EXPECT_FALSE(has(page, what)) << what;
}

domain::GuestView cancelled_view() {
  domain::GuestView view = testing::guest_view();
  view.status = domain::CharterStatus::cancelled;
  return view;
}

TEST(GuestPage, a_cancelled_trip_says_so_and_when_it_was_to_be) {
  const std::string page = render_guest_page(cancelled_view());
  for (const std::string_view what :
       {"<h1>This trip is cancelled</h1>", "<title>Cancelled: JADA, Sunday, 30 May 2027</title>",
        "Was planned for", "Sunday, 30 May 2027</time></s>", "<s>4:30 PM – 7:30 PM PDT</s>",
        "Harbor Island, west dock", "65-foot sailing yacht", "JADA Charters answers",
        "href=\"/g/boatsetter-may-30.ics\"", "noindex"})
    EXPECT_TRUE(has(page, what)) << what;
  EXPECT_FALSE(has(page, "⟦"));
}

TEST(GuestPage, a_cancelled_trip_asks_for_nothing) {
  const std::string page = render_guest_page(cancelled_view());
  for (const std::string_view what :
       {"Welcome aboard", "photos", "Gate opens", "Soft-soled", "What to bring", "openstreetmap",
        "Add to calendar", "See you on the water", "<script", "weather"})
    EXPECT_FALSE(has(page, what)) << what;
}

TEST(GuestPage, a_cancelled_trip_tells_of_the_weather_and_of_a_second_entry_alone) {
  domain::GuestView view = cancelled_view();
  view.told_cause = domain::CancelCause::weather;
  EXPECT_TRUE(has(render_guest_page(view), "The weather does not allow this trip. It will not"));
  for (const auto cause :
       {domain::CancelCause::guest, domain::CancelCause::operator_, domain::CancelCause::channel}) {
    view.told_cause = cause;
    EXPECT_EQ(render_guest_page(view), render_guest_page(cancelled_view()));
  }
  view.told_cause = domain::CancelCause::duplicate;
  EXPECT_TRUE(has(render_guest_page(view), "The other one stays as you know it."));
  EXPECT_FALSE(has(render_guest_page(view), "do not come"));
}

TEST(GuestPage, a_trip_under_way_or_over_keeps_its_face) {
  const std::string face = render_guest_page(testing::guest_view());
  for (const auto status : {domain::CharterStatus::in_progress, domain::CharterStatus::completed}) {
    domain::GuestView view = testing::guest_view();
    view.status = status;
    EXPECT_EQ(render_guest_page(view), face);
  }
}

TEST(GuestPage, an_end_on_another_day_says_its_day) {
  domain::GuestView view = testing::guest_view();
  view.ends = testing::moment("2027-05-31T01:15", "America/Los_Angeles");
  const std::string page = render_guest_page(view);
  EXPECT_TRUE(has(page, "4:30 PM PDT – Monday, 31 May 2027, 1:15 AM PDT"));
  EXPECT_TRUE(has(page, "8 hours 45 minutes"));
}

// A tenant file may hold texts as long as its limits; HTML makes some characters five times as
// long, and an emoji is four bytes to begin with.
TEST(GuestPage, stays_within_its_bytes_however_long_the_texts) {
  for (const std::string piece : {"long words ", "&&&&\"\"<<", "⛵🐬", "x"}) {
    std::string text;
    while (text.size() < 6000) text += piece;
    domain::GuestView view = testing::guest_view();
    view.operator_name = view.guest_first_name = view.boat = view.boat_description = text;
    view.place.dock = view.arrival_note = text;
    view.bring.assign(200, text);
    const std::string page = render_guest_page(view);
    EXPECT_LE(page.size(), guest_page_bytes_max) << piece;
    EXPECT_TRUE(has(page, "…"));
    EXPECT_TRUE(has(page, "4:30 PM – 7:30 PM PDT"));
    EXPECT_TRUE(page.ends_with("</html>\n"));
    view.status = domain::CharterStatus::cancelled;
    const std::string cancelled = render_guest_page(view);
    EXPECT_LE(cancelled.size(), guest_page_bytes_max) << piece;
    EXPECT_TRUE(cancelled.ends_with("</html>\n"));
  }
}

TEST(GuestPage, texts_of_usual_length_are_whole) {
  domain::GuestView view = testing::guest_view();
  view.bring.assign(12, std::string(200, 'b'));
  view.arrival_note = std::string(1000, 'a');
  view.boat_description = std::string(500, 'd');
  const std::string page = render_guest_page(view);
  EXPECT_LE(page.size(), guest_page_bytes_max);
  EXPECT_TRUE(has(page, view.arrival_note));
  EXPECT_TRUE(has(page, view.bring[11]));
  EXPECT_FALSE(has(page, "…"));
}

TEST(GuestPage, hostile_texts_stay_texts) {
  const std::string hostile = "</title><script>alert(1)</script>\"' onload=x \xE2\x80\xAE";
  domain::GuestView view = testing::guest_view();
  view.operator_name = view.guest_first_name = view.boat = view.boat_description = hostile;
  view.place.dock = view.arrival_note = view.slug = hostile;
  view.bring = {hostile};
  const std::string page = render_guest_page(view);
  EXPECT_EQ(scripts_in(page), 1U) << "ours";
  EXPECT_FALSE(has(page, "\xE2\x80\xAE"));
  EXPECT_FALSE(has(page, "\"' onload"));
  EXPECT_TRUE(has(page, "&lt;script&gt;"));
  view.status = domain::CharterStatus::cancelled;
  const std::string cancelled = render_guest_page(view);
  EXPECT_EQ(scripts_in(cancelled), 0U);
  EXPECT_FALSE(has(cancelled, "\"' onload"));
  EXPECT_TRUE(has(cancelled, "&lt;script&gt;"));
}

TEST(AssetLinks, lead_to_the_bytes_they_name) {
  for (const std::string_view name : {"style.css", "crew.js", "icon.svg"}) {
    const std::string& href = asset_href(name);
    const auto dot = name.find('.');
    EXPECT_TRUE(href.starts_with("/assets/" + std::string(name.substr(0, dot)) + ".")) << href;
    EXPECT_TRUE(href.ends_with(name.substr(dot))) << href;
    EXPECT_EQ(href.size(), 8 + name.size() + 13) << href;
    const auto served = asset_by_path(href);
    ASSERT_TRUE(served);
    EXPECT_FALSE(served->bytes.empty());
  }
  EXPECT_EQ(asset_by_path(asset_href("style.css"))->content_type, "text/css; charset=utf-8");
  for (const std::string_view path : {"/assets/style.000000000000.css", "/assets/style.css",
                                      "/assets/words/en.txt", "/assets/", "/assets/missing", ""})
    EXPECT_FALSE(asset_by_path(path)) << path;
  EXPECT_EQ(asset_href("words/en.txt"), "/assets/missing");
}

}  // namespace
}  // namespace app
