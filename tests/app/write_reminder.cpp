// The reminders, re-read by Python's email package.
#include "app/write_reminder.h"

#include <gtest/gtest.h>

#include "tests/app/example_views.h"
#include "tests/app/read_back.h"

namespace app {
namespace {

using testing::count;

// Without a calendar part.
base::testing::ReadMail read(const base::Result<Mail>& mail) {
  using Strings = std::vector<std::string>;
  EXPECT_TRUE(mail) << mail.error().message;
  if (!mail) return {};
  EXPECT_EQ(base::testing::line_faults(mail->message), Strings{});
  auto seen = base::testing::read_mail(mail->message);
  EXPECT_EQ(seen.defects, Strings{});
  EXPECT_EQ(seen.types(), (Strings{"multipart/alternative", "text/plain", "text/html"}));
  return seen;
}

domain::CrewMailView view_with(domain::Answer answer) {
  auto view = testing::crew_mail_view();
  view.page.reader_answer = answer;
  return view;
}

TEST(CrewReminder, says_the_day_and_asks_who_has_not_answered) {
  const auto view = view_with(domain::Answer::none);
  const auto mail = write_crew_reminder(view, testing::mail_frame());
  const auto seen = read(mail);
  EXPECT_EQ(seen.header("Subject"), "Reminder: JADA, Sun 30 May 2027, 4:30 PM PDT – captain");
  EXPECT_EQ(mail->recipient, "ana@crew.example");
  for (const std::string_view type : {"text/plain", "text/html"}) {
    const std::string& body = seen.part(type).body;
    for (const std::string_view what :
         {"Ana, your trip on JADA", "Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT (3 hours)",
          "Harbor Island, west dock", "openstreetmap", "Dana’s party of 6", "Ben Ito, crew",
          "Ana Reyes, captain (you)", "Guests bring their own food", "Answer on your page",
          "your answer is still open", "If you cannot come after all"})
      EXPECT_GE(count(body, what), 1U) << type << ": " << what;
    EXPECT_EQ(count(body, view.magic_link), 1U);
    EXPECT_EQ(count(body, "Cleo Marsh"), 0U) << "she said no";
    EXPECT_EQ(count(body, "Weather"), 0U);
    EXPECT_EQ(count(body, "⟦"), 0U);
  }
}

TEST(CrewReminder, counts_on_who_said_yes) {
  const auto seen =
      read(write_crew_reminder(view_with(domain::Answer::yes), testing::mail_frame()));
  const std::string& text = seen.part("text/plain").body;
  EXPECT_EQ(count(text, "You are aboard as captain."), 1U);
  EXPECT_EQ(count(text, "Open your page:\n"), 1U);
  EXPECT_EQ(count(text, "Answer on your page"), 0U);
}

TEST(CrewReminder, brings_the_weather_with_its_verdict_source_and_age) {
  auto view = view_with(domain::Answer::yes);
  view.page.weather = testing::weather_view();
  const auto seen = read(write_crew_reminder(view, testing::mail_frame()));
  for (const std::string_view type : {"text/plain", "text/html"}) {
    const std::string& body = seen.part(type).body;
    for (const std::string_view what :
         {"Weather for your hours", "Caution: Gusts 24 kn at 6:00 PM (limit 22 kn); Visibility",
          "Wind: W 10–13 kn", "Gusts: up to 24 kn", "Waves: up to 0.9 m (3.0 ft)",
          "Rain: up to 15 % likely", "Tide: high 4:10 PM", "Sun: rises 5:41 AM, sets 7:52 PM",
          "National Weather Service: issued Sun 30 May 2027, 8:05 AM PDT", "35 minutes ago"})
      EXPECT_EQ(count(body, what), 1U) << type << ": " << what;
  }
}

TEST(CrewReminder, says_since_when_there_is_no_forecast) {
  auto view = view_with(domain::Answer::yes);
  view.page.weather = testing::weather_view();
  view.page.weather->state = domain::WeatherView::State::not_yet;
  view.page.weather->judgement.reset();
  view.page.weather->missing_since = base::parse_utc("2027-05-30T16:40:00Z").value();
  const std::string none =
      read(write_crew_reminder(view, testing::mail_frame())).part("text/plain").body;
  EXPECT_EQ(count(none, "The forecast is not available since Sun 30 May 2027, 9:40 AM PDT."), 1U);
  EXPECT_EQ(count(none, "Wind"), 0U);
  EXPECT_EQ(count(none, "Sun: rises"), 1U);
  // An old one is shown as what it was.
  view.page.weather = testing::weather_view();
  view.page.weather->missing_since = base::parse_utc("2027-05-30T16:40:00Z").value();
  const std::string old =
      read(write_crew_reminder(view, testing::mail_frame())).part("text/plain").body;
  EXPECT_EQ(count(old, "A newer forecast is not available since"), 1U);
  EXPECT_EQ(count(old, "Was Caution, by the last forecast: Gusts"), 1U);
}

TEST(GuestReminder, has_everything_for_the_day) {
  MailFrame frame = testing::mail_frame();
  frame.to_name = "Dana Whitfield";
  frame.to_address = "dana@guest.example";
  const auto view = testing::guest_mail_view();
  const auto seen = read(write_guest_reminder(view, frame));
  EXPECT_EQ(seen.header("Subject"), "Reminder: JADA, Sun 30 May 2027, 4:30 PM PDT");
  for (const std::string_view type : {"text/plain", "text/html"}) {
    const std::string& body = seen.part(type).body;
    for (const std::string_view what :
         {"Dana, see you aboard JADA", "4:30 PM – 7:30 PM PDT", "Harbor Island, west dock",
          "openstreetmap", "+1 619 555 0100", "Gate opens 20 minutes before", "Soft-soled shoes",
          "6 guests", "Cake is on board.", "Your trip is near"})
      EXPECT_GE(count(body, what), 1U) << type << ": " << what;
    EXPECT_EQ(count(body, view.guest_link), 1U);
    EXPECT_EQ(count(body, "⟦"), 0U);
  }
}

TEST(GuestReminder, does_without_a_name) {
  auto view = testing::guest_mail_view();
  view.page.guest_first_name.clear();
  EXPECT_EQ(count(read(write_guest_reminder(view, testing::mail_frame())).part("text/plain").body,
                  "See you aboard JADA\n"),
            1U);
}

TEST(Reminders, hostile_texts_arrive_as_texts) {
  const std::string hostile = "<script>x</script> \"'; Ærø =?UTF-8?Q?x?= BEGIN:VEVENT";
  auto view = testing::crew_mail_view();
  view.page.boat = view.page.reader_role = view.page.reader_name = hostile;
  view.page.crew[0].name = view.page.place.dock = view.page.crew_notes = hostile;
  view.page.weather = testing::weather_view();
  view.page.weather->source = view.page.weather->tide_station = hostile;
  const auto mail = write_crew_reminder(view, testing::mail_frame());
  const auto seen = read(mail);
  EXPECT_EQ(seen.header("Subject"), mail->subject);
  EXPECT_EQ(count(seen.part("text/html").body, "<script"), 0U);
}

TEST(Reminders, what_breaks_lines_is_refused) {
  auto view = testing::crew_mail_view();
  view.page.boat = "a\r\nBcc: evil@host.example";
  EXPECT_FALSE(write_crew_reminder(view, testing::mail_frame()));
}

}  // namespace
}  // namespace app
