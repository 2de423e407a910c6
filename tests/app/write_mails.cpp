// The two mails, re-read by Python's email package, and their invitations by libical.
#include <gtest/gtest.h>

#include "app/write_crew_mail.h"
#include "app/write_guest_mail.h"
#include "app/write_owner_mail.h"

#include "tests/app/example_views.h"
#include "tests/app/read_back.h"

namespace app {
namespace {

using testing::count;
using testing::invitation;
using testing::read;

TEST(CrewMail, calls_its_reader) {
  const auto mail = write_crew_mail(testing::crew_mail_view(), testing::mail_frame());
  const auto seen = read(mail);
  EXPECT_EQ(mail->subject, "Crew call: JADA, Sun 30 May 2027, 4:30 PM PDT – captain");
  EXPECT_EQ(mail->sender, "bookings@sailjada.example");
  EXPECT_EQ(mail->recipient, "ana@crew.example");
  EXPECT_EQ(seen.header("Subject"), mail->subject);
  EXPECT_EQ(seen.header("Reply-To"), "owner@sailjada.example");
  EXPECT_EQ(seen.to, std::pair(std::string("Ana Reyes"), std::string("ana@crew.example")));
  for (const std::string_view type : {"text/plain", "text/html"}) {
    const std::string& body = seen.part(type).body;
    for (const std::string_view what :
         {"Ana, can you crew JADA?", "Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT (3 hours)",
          "Harbor Island, west dock", "Dana’s party of 6", "Ben Ito, crew",
          "Guests bring their own food", "openstreetmap"})
      EXPECT_EQ(count(body, what), type == "text/html" && what.starts_with("Ana, can") ? 2U : 1U)
          << type << ": " << what;
    EXPECT_EQ(count(body, "⟦"), 0U);
  }
}

TEST(CrewMail, the_link_stands_once_in_each_and_nowhere_else) {
  const auto view = testing::crew_mail_view();
  const auto seen = read(write_crew_mail(view, testing::mail_frame()));
  EXPECT_EQ(count(seen.part("text/plain").body, view.magic_link), 1U);
  EXPECT_EQ(count(seen.part("text/html").body, view.magic_link), 1U);
  EXPECT_EQ(count(seen.part("text/calendar").body, "/c/"), 0U);
  EXPECT_EQ(count(seen.part("application/ics").body, "/c/"), 0U);
}

TEST(CrewMail, the_invitation_is_the_trip) {
  const auto view = testing::crew_mail_view();
  const auto event = invitation(read(write_crew_mail(view, testing::mail_frame())));
  EXPECT_EQ(event.uid, "jada.7k3m2q@queenofsandiego.example");
  EXPECT_EQ(event.sequence, 1);
  EXPECT_EQ(event.summary, "Crew: JADA (captain)");
  EXPECT_EQ(event.location, "Harbor Island, west dock");
  EXPECT_EQ(event.starts, view.page.starts.utc);
  EXPECT_EQ(event.ends, view.page.ends.utc);
  EXPECT_EQ(event.organizer, "mailto:bookings@sailjada.example");
  EXPECT_EQ(event.attendee, "mailto:ana@crew.example");
}

TEST(OwnerMail, each_says_why_it_came) {
  const domain::CrewView trip = testing::crew_view();
  OwnerNews news;
  news.starts = news.answered_at = trip.starts;
  news.ends = trip.ends;
  const auto closes = [&](const char* with) {
    const auto mail = write_owner_mail(news, {}, testing::mail_frame());
    const auto seen = base::testing::read_mail(mail->message);
    std::string text = seen.part("text/plain").body;
    std::ranges::replace(text, '\n', ' ');
    const bool tells_of_undoing = count(text, "It can be undone") == 1;
    return count(text, with) == 1 && tells_of_undoing == (news.answer != domain::Answer::none);
  };
  news.at_risk = true;
  EXPECT_TRUE(closes("stays on your list of trips at risk"));
  news.at_risk = false;
  news.nobody_left = {"captain"};
  EXPECT_TRUE(closes("nobody else can name somebody"));
  news.answer = domain::Answer::no;
  EXPECT_TRUE(closes("because every answer is told to you"));
}

TEST(GuestMail, confirms_the_trip) {
  MailFrame frame = testing::mail_frame();
  frame.to_name = "Dana Whitfield";
  frame.to_address = "dana@guest.example";
  const auto view = testing::guest_mail_view();
  const auto mail = write_guest_mail(view, frame);
  const auto seen = read(mail);
  EXPECT_EQ(seen.header("Subject"), "You’re booked: JADA, Sun 30 May 2027, 4:30 PM PDT");
  for (const std::string_view type : {"text/plain", "text/html"}) {
    const std::string& body = seen.part(type).body;
    for (const std::string_view what :
         {"You’re booked, Dana", "4:30 PM – 7:30 PM PDT", "Harbor Island, west dock",
          "+1 619 555 0100", "Gate opens 20 minutes before", "Soft-soled shoes", "6 guests",
          "Cake is on board.", "Bring candles."})
      EXPECT_GE(count(body, what), 1U) << type << ": " << what;
    EXPECT_EQ(count(body, view.guest_link), 1U);
  }
  const auto event = invitation(seen);
  EXPECT_EQ(event.url, "https://queenofsandiego.example/g/boatsetter-may-30.html");
  EXPECT_EQ(event.attendee, "mailto:dana@guest.example");
  EXPECT_EQ(event.summary, "JADA – JADA Charters");
  EXPECT_EQ(count(seen.part("text/calendar").body, "#k="), 0U);
}

TEST(Mails, a_repeat_is_the_same_bytes) {
  const auto view = testing::crew_mail_view();
  const MailFrame frame = testing::mail_frame();
  EXPECT_EQ(write_crew_mail(view, frame)->message, write_crew_mail(view, frame)->message);
}

TEST(Mails, hostile_texts_arrive_as_texts) {
  const std::string hostile =
      "<script>x</script> \"'; Ærø 👩‍✈️ \xE2\x80\xAE =?UTF-8?Q?x?= BEGIN:VEVENT";
  auto view = testing::crew_mail_view();
  view.page.operator_name = view.page.boat = view.page.reader_role = hostile;
  view.page.reader_name = view.page.crew[0].name = view.page.place.dock = hostile;
  view.page.crew_notes = hostile + "\nEND:VEVENT\n.\nFrom: x";
  MailFrame frame = testing::mail_frame();
  frame.to_name = hostile;
  const auto mail = write_crew_mail(view, frame);
  const auto seen = read(mail);
  EXPECT_EQ(seen.header("Subject"), mail->subject);
  EXPECT_EQ(seen.to.first, hostile);
  EXPECT_EQ(count(seen.part("text/html").body, "<script"), 0U);
  EXPECT_EQ(count(seen.part("text/plain").body, view.page.crew_notes), 1U);
  EXPECT_EQ(invitation(seen).location, hostile);
}

TEST(Mails, what_breaks_lines_is_refused) {
  for (const std::string& bad :
       {std::string("a\r\nBcc: evil@host.example"), std::string("a\rb"), std::string("a\0b", 3),
        std::string("a\xE2\x80\xA8z"), std::string(10'000, 'x')}) {
    MailFrame frame = testing::mail_frame();
    frame.to_name = bad;
    EXPECT_FALSE(write_crew_mail(testing::crew_mail_view(), frame));
    frame = testing::mail_frame();
    frame.from = bad + " <bookings@sailjada.example>";
    EXPECT_FALSE(write_crew_mail(testing::crew_mail_view(), frame));
    frame = testing::mail_frame();
    frame.message_id = "<" + bad + "@x.example>";
    EXPECT_FALSE(write_crew_mail(testing::crew_mail_view(), frame));
    auto view = testing::guest_mail_view();
    view.page.boat = bad;
    EXPECT_FALSE(write_guest_mail(view, testing::mail_frame()));
  }
}

}  // namespace
}  // namespace app
