// The mails that tell of a change: the note, the cancellation and the farewell.
#include "app/write_change_mail.h"

#include <array>
#include <functional>

#include <gtest/gtest.h>

#include "app/write_cancel_mail.h"
#include "app/write_crew_mail.h"
#include "app/write_farewell_mail.h"
#include "app/write_guest_mail.h"

#include "tests/app/example_views.h"
#include "tests/app/read_back.h"

namespace app {
namespace {

using testing::count;
using testing::invitation;
using testing::read;

constexpr std::array<std::string_view, 2> bodies = {"text/plain", "text/html"};
// As a mail, and a calendar program, would show them: no old time may stand anywhere else.
const std::string old_when = "Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT (3 hours)";
const std::string new_when = "Sunday, 30 May 2027, 3:30 PM – 6:30 PM PDT (3 hours)";

template <class View>
void move_to_half_past_three(View& page) {
  page.starts = testing::moment("2027-05-30T15:30", "America/Los_Angeles");
  page.ends = testing::moment("2027-05-30T18:30", "America/Los_Angeles");
}

MailFrame frame_of_change() {
  MailFrame frame = testing::mail_frame();
  frame.message_id = "<jada.7k3m2q.crew_mail.2@shipcaptaincrew.example>";
  frame.sequence = 2;
  return frame;
}

MailFrame frame_to_guest() {
  MailFrame frame = frame_of_change();
  frame.to_name = "Dana Whitfield";
  frame.to_address = "dana@guest.example";
  return frame;
}

base::Result<Mail> crew_note(const domain::CrewMailView& before,
                             const domain::CrewMailView& after) {
  return write_crew_change(after, changes_between(facts_of(before.page), facts_of(after.page)),
                           frame_of_change());
}

base::Result<Mail> guest_note(const domain::GuestMailView& before,
                              const domain::GuestMailView& after) {
  return write_guest_change(after, changes_between(facts_of(before), facts_of(after)),
                            frame_to_guest());
}

// What stands between the heading "What changed" and the link, in the text.
std::string told_in(const base::testing::ReadMail& mail) {
  const std::string& body = mail.part("text/plain").body;
  const auto from = body.find("What changed\n");
  if (from == std::string::npos) return {};
  const auto begin = from + std::string("What changed\n").size();
  return body.substr(begin, body.find("\n\n", begin) - begin);
}

std::size_t struck_in(const base::testing::ReadMail& mail) {
  return count(mail.part("text/html").body, "<s style");
}

TEST(CrewChange, tells_the_old_time_once_and_struck) {
  auto after = testing::crew_mail_view();
  move_to_half_past_three(after.page);
  const auto mail = crew_note(testing::crew_mail_view(), after);
  const auto seen = read(mail);
  EXPECT_EQ(mail->subject, "Changed: JADA, Sun 30 May 2027, 3:30 PM PDT – captain");
  EXPECT_EQ(seen.header("Subject"), mail->subject);
  EXPECT_EQ(told_in(seen), "When: " + old_when + " → " + new_when);
  EXPECT_EQ(struck_in(seen), 1U);
  EXPECT_EQ(count(seen.part("text/html").body, old_when + "</s> → <strong>" + new_when), 1U);
  for (const std::string_view type : bodies) {
    EXPECT_EQ(count(seen.part(type).body, "4:30"), 1U) << type << ": as the old one";
    EXPECT_EQ(count(seen.part(type).body, "Please say yes or no on your page"), 1U);
    EXPECT_EQ(count(seen.part(type).body, "⟦"), 0U);
  }
  EXPECT_EQ(count(mail->subject + seen.part("text/calendar").body, "4:30"), 0U);
}

TEST(CrewChange, the_link_stands_once_in_each_and_nowhere_else) {
  auto after = testing::crew_mail_view();
  move_to_half_past_three(after.page);
  const auto seen = read(crew_note(testing::crew_mail_view(), after));
  for (const std::string_view type : bodies)
    EXPECT_EQ(count(seen.part(type).body, after.magic_link), 1U) << type;
  EXPECT_EQ(count(seen.part("text/calendar").body, "/c/"), 0U);
}

TEST(CrewChange, the_invitation_moves_the_one_that_was_sent) {
  const auto before = testing::crew_mail_view();
  auto after = before;
  move_to_half_past_three(after.page);
  const auto first = invitation(read(write_crew_mail(before, testing::mail_frame())));
  const auto second = invitation(read(crew_note(before, after)));
  EXPECT_EQ(second.uid, first.uid);
  EXPECT_GT(second.sequence, first.sequence);
  EXPECT_EQ(second.starts, after.page.starts.utc);
  EXPECT_EQ(second.ends, after.page.ends.utc);
  EXPECT_EQ(second.status, "CONFIRMED");
  EXPECT_EQ(second.attendee, first.attendee);
}

enum class Asks { anew, nothing };

struct CrewCase {
  const char* told;
  Asks asks;
  std::function<void(domain::CrewView&)> change;
};

// Each fact alone: it is named, and no other is; only one's own time, place, boat and role are
// asked about again.
TEST(CrewChange, names_each_fact_alone) {
  const std::vector<CrewCase> cases = {
      {"Boat: JADA → Halcyon", Asks::anew, [](auto& page) { page.boat = "Halcyon"; }},
      {"Where: Harbor Island, west dock → Shelter Island, guest pier", Asks::anew,
       [](auto& page) { page.place.dock = "Shelter Island, guest pier"; }},
      {"Your role: captain → mate", Asks::anew, [](auto& page) { page.reader_role = "mate"; }},
      {"Guests: Dana’s party of 6 → Dana’s party of 8", Asks::nothing,
       [](auto& page) { page.party_size = 8; }},
      {"Crew: Ana Reyes (captain), Ben Ito (crew), Cleo Marsh (crew) → Ana Reyes (captain), "
       "Ben Ito (crew)",
       Asks::nothing, [](auto& page) { page.crew.pop_back(); }},
      {"Notes for the crew: Guests bring their own food Ice is in the lazarette → Lunch is ours",
       Asks::nothing, [](auto& page) { page.crew_notes = "Lunch is ours"; }},
      {"Notes for the crew: Guests bring their own food Ice is in the lazarette → none",
       Asks::nothing, [](auto& page) { page.crew_notes.clear(); }},
  };
  for (const CrewCase& one : cases) {
    auto before = testing::crew_mail_view();
    before.page.reader_answer = domain::Answer::yes;
    auto after = before;
    one.change(after.page);
    if (one.asks == Asks::anew) after.page.reader_answer = domain::Answer::none;
    const auto seen = read(crew_note(before, after));
    EXPECT_EQ(told_in(seen), one.told);
    EXPECT_EQ(struck_in(seen), 1U) << one.told;
    const std::string& text = seen.part("text/plain").body;
    EXPECT_EQ(count(text, "please say yes or no"), 0U) << one.told;
    EXPECT_EQ(count(text, "Please say yes or no"), one.asks == Asks::anew ? 1U : 0U) << one.told;
    EXPECT_EQ(count(text, "need not answer again"), one.asks == Asks::anew ? 0U : 1U) << one.told;
    EXPECT_EQ(count(text, "Answer on your page:"), one.asks == Asks::anew ? 1U : 0U) << one.told;
  }
}

TEST(CrewChange, who_has_not_answered_is_reminded) {
  auto after = testing::crew_mail_view();
  after.page.party_size = 8;
  const auto seen = read(crew_note(testing::crew_mail_view(), after));
  const std::string& text = seen.part("text/plain").body;
  EXPECT_EQ(count(text, "Your answer is still open: please say yes or no"), 1U);
  EXPECT_EQ(count(text, "need not answer again"), 0U);
  EXPECT_EQ(count(text, "Answer on your page:"), 1U);
}

TEST(CrewChange, tells_of_several_in_one_note) {
  auto after = testing::crew_mail_view();
  move_to_half_past_three(after.page);
  after.page.party_size = 8;
  const auto seen = read(crew_note(testing::crew_mail_view(), after));
  EXPECT_EQ(told_in(seen), "When: " + old_when + " → " + new_when +
                               "\nGuests: Dana’s party of 6 → Dana’s party of 8");
  EXPECT_EQ(struck_in(seen), 2U);
  EXPECT_EQ(count(seen.part("text/plain").body, "Please say yes or no"), 1U);
}

struct GuestCase {
  const char* told;
  std::function<void(domain::GuestMailView&)> change;
};

TEST(GuestChange, names_each_fact_alone) {
  const std::vector<GuestCase> cases = {
      {"When: Sunday, 30 May 2027, 4:30 PM – 7:30 PM PDT (3 hours) → Sunday, 30 May 2027, "
       "3:30 PM – 6:30 PM PDT (3 hours)",
       [](auto& view) { move_to_half_past_three(view.page); }},
      {"Boat: JADA → Halcyon", [](auto& view) { view.page.boat = "Halcyon"; }},
      {"Where: Harbor Island, west dock → Shelter Island, guest pier",
       [](auto& view) { view.page.place.dock = "Shelter Island, guest pier"; }},
      {"Charter: With a captain of ours → Bareboat: you bring the captain",
       [](auto& view) { view.page.contract = domain::Contract::bareboat; }},
      {"Party: 6 guests → 1 guest", [](auto& view) { view.party_size = 1; }},
      {"Notes: Cake is on board. Bring candles. → none",
       [](auto& view) { view.guest_notes.clear(); }},
      {"Questions: +1 619 555 0100 → +1 619 555 0199",
       [](auto& view) { view.contact = "+1 619 555 0199"; }},
  };
  for (const GuestCase& one : cases) {
    auto after = testing::guest_mail_view();
    one.change(after);
    const auto seen = read(guest_note(testing::guest_mail_view(), after));
    EXPECT_EQ(told_in(seen), one.told);
    EXPECT_EQ(struck_in(seen), 1U) << one.told;
    EXPECT_EQ(count(seen.part("text/plain").body, "⟦"), 0U);
  }
}

TEST(GuestChange, tells_that_the_captain_is_ours_again) {
  auto before = testing::guest_mail_view();
  before.page.contract = domain::Contract::bareboat;
  EXPECT_EQ(told_in(read(guest_note(before, testing::guest_mail_view()))),
            "Charter: Bareboat: you bring the captain → With a captain of ours");
}

TEST(GuestChange, carries_the_page_and_moves_the_invitation) {
  const auto before = testing::guest_mail_view();
  auto after = before;
  move_to_half_past_three(after.page);
  const auto mail = guest_note(before, after);
  const auto seen = read(mail);
  EXPECT_EQ(mail->subject, "Changed: JADA, Sun 30 May 2027, 3:30 PM PDT");
  for (const std::string_view type : bodies) {
    EXPECT_EQ(count(seen.part(type).body, after.guest_link), 1U) << type;
    EXPECT_EQ(count(seen.part(type).body, "4:30"), 1U) << type << ": as the old one";
    EXPECT_GE(count(seen.part(type).body, "Dana, your trip has changed"), 1U);
    EXPECT_EQ(count(seen.part(type).body, "yes or no"), 0U);
  }
  const auto event = invitation(seen);
  EXPECT_EQ(event.uid, testing::mail_frame().uid);
  EXPECT_EQ(event.sequence, 2);
  EXPECT_EQ(event.starts, after.page.starts.utc);
  EXPECT_EQ(event.url, "https://queenofsandiego.example/g/boatsetter-may-30.html");
  EXPECT_EQ(count(seen.part("text/calendar").body, "#k="), 0U);
  EXPECT_EQ(count(mail->subject + seen.part("text/calendar").body, "4:30"), 0U);
}

TEST(Changes, a_note_of_nothing_or_of_no_fact_is_refused) {
  const MailFrame frame = frame_of_change();
  const auto crew = testing::crew_mail_view();
  const auto guest = testing::guest_mail_view();
  EXPECT_FALSE(write_crew_change(crew, {}, frame));
  EXPECT_FALSE(write_guest_change(guest, {}, frame));
  const auto refused = write_crew_change(crew, {{"gross", "840.75", "900.00"}}, frame);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::Kind::invalid);
  EXPECT_EQ(count(refused.error().message, "840"), 0U);
  EXPECT_FALSE(write_guest_change(guest, {{"crew", "Ana Reyes (captain)", ""}}, frame));
}

// Whatever the house can say of a trip, each of its readers has a label for what they may see.
TEST(Changes, each_fact_of_a_view_can_be_told) {
  const MailFrame frame = frame_of_change();
  const auto crew = testing::crew_mail_view();
  for (const Fact& fact : facts_of(crew.page))
    EXPECT_TRUE(write_crew_change(crew, {{fact.name, fact.text, "x"}}, frame)) << fact.name;
  const auto guest = testing::guest_mail_view();
  for (const Fact& fact : facts_of(guest))
    EXPECT_TRUE(write_guest_change(guest, {{fact.name, fact.text, "x"}}, frame)) << fact.name;
}

TEST(Changes, hostile_texts_arrive_as_texts) {
  const std::string hostile = "<script>x</script></s> \"'; Ærø \xE2\x80\xAE END:VEVENT";
  auto view = testing::crew_mail_view();
  view.page.operator_name = view.page.boat = view.page.reader_name = hostile;
  const auto seen = read(
      write_crew_change(view, {{"notes", hostile, hostile + "\n.\nFrom: x"}}, frame_of_change()));
  EXPECT_EQ(count(seen.part("text/html").body, "<script"), 0U);
  EXPECT_EQ(count(seen.part("text/html").body, "</s>"), 1U);
  EXPECT_EQ(told_in(seen), "Notes for the crew: " + hostile + " → " + hostile + " . From: x");
  MailFrame frame = frame_of_change();
  frame.to_name = "a\r\nBcc: evil@host.example";
  EXPECT_FALSE(write_crew_change(view, {{"notes", "a", "b"}}, frame));
}

TEST(CrewCancellation, takes_the_trip_out_of_the_calendar) {
  const auto view = testing::crew_mail_view();
  const auto first = invitation(read(write_crew_mail(view, testing::mail_frame())));
  const auto mail = write_crew_cancellation(view, {}, frame_of_change());
  const auto seen = read(mail);
  EXPECT_EQ(mail->subject, "Cancelled: JADA, Sun 30 May 2027, 4:30 PM PDT – captain");
  for (const std::string_view type : bodies) {
    const std::string& body = seen.part(type).body;
    EXPECT_GE(count(body, "Ana, the trip on JADA is cancelled"), 1U) << type;
    EXPECT_EQ(count(body, "Was planned for"), 1U);
    EXPECT_EQ(count(body, old_when), 1U);
    EXPECT_EQ(count(body, view.magic_link), 1U);
    for (const std::string_view what : {"Guests bring", "openstreetmap", "Ben Ito", "⟦", "weather"})
      EXPECT_EQ(count(body, what), 0U) << type << ": " << what;
  }
  const auto event = invitation(seen, "CANCEL");
  EXPECT_EQ(event.uid, first.uid);
  EXPECT_GT(event.sequence, first.sequence);
  EXPECT_EQ(event.status, "CANCELLED");
  EXPECT_EQ(event.starts, first.starts);
  EXPECT_EQ(event.organizer, first.organizer);
  EXPECT_EQ(event.attendee, first.attendee);
  EXPECT_EQ(count(seen.part("text/calendar").body, "/c/"), 0U);
}

TEST(GuestCancellation, takes_the_trip_out_of_the_calendar) {
  const auto view = testing::guest_mail_view();
  const auto first = invitation(read(write_guest_mail(view, testing::mail_frame())));
  const auto mail = write_guest_cancellation(view, {}, frame_to_guest());
  const auto seen = read(mail);
  EXPECT_EQ(mail->subject, "Cancelled: JADA, Sun 30 May 2027, 4:30 PM PDT");
  for (const std::string_view type : bodies) {
    const std::string& body = seen.part(type).body;
    EXPECT_GE(count(body, "Dana, your trip is cancelled"), 1U) << type;
    EXPECT_EQ(count(body, old_when), 1U);
    EXPECT_EQ(count(body, "+1 619 555 0100"), 1U);
    EXPECT_EQ(count(body, view.guest_link), 1U);
    for (const std::string_view what : {"Gate opens", "Soft-soled", "Cake", "look forward", "⟦"})
      EXPECT_EQ(count(body, what), 0U) << type << ": " << what;
  }
  const auto event = invitation(seen, "CANCEL");
  EXPECT_EQ(event.uid, first.uid);
  EXPECT_GT(event.sequence, first.sequence);
  EXPECT_EQ(event.status, "CANCELLED");
  EXPECT_EQ(event.url, "https://queenofsandiego.example/g/boatsetter-may-30.html");
  EXPECT_EQ(count(seen.part("text/calendar").body, "#k="), 0U);
}

TEST(Cancellations, tell_of_the_weather_alone) {
  auto crew = testing::crew_mail_view();
  auto guest = testing::guest_mail_view();
  const MailFrame frame = frame_of_change();
  const std::string untold = write_crew_cancellation(crew, {}, frame)->message;
  const std::string untold_guest = write_guest_cancellation(guest, {}, frame)->message;
  for (const auto cause :
       {domain::CancelCause::guest, domain::CancelCause::operator_, domain::CancelCause::channel}) {
    crew.page.told_cause = guest.page.told_cause = cause;
    EXPECT_EQ(write_crew_cancellation(crew, {}, frame)->message, untold);
    EXPECT_EQ(write_guest_cancellation(guest, {}, frame)->message, untold_guest);
  }
  crew.page.told_cause = guest.page.told_cause = domain::CancelCause::weather;
  for (const auto& mail :
       {write_crew_cancellation(crew, {}, frame), write_guest_cancellation(guest, {}, frame)})
    for (const std::string_view type : bodies)
      EXPECT_EQ(count(read(mail).part(type).body, "The weather does not allow this trip."), 1U);
}

Farewell farewell() {
  const auto page = testing::crew_view();
  return {page.operator_name, page.reader_name, page.boat, page.starts, page.ends, page.place};
}

TEST(CrewFarewell, names_the_trip_and_nobody_else) {
  const auto first =
      invitation(read(write_crew_mail(testing::crew_mail_view(), testing::mail_frame())));
  const auto mail = write_crew_farewell(farewell(), frame_of_change());
  const auto seen = read(mail);
  EXPECT_EQ(mail->subject, "Not needed: JADA, Sun 30 May 2027, 4:30 PM PDT");
  for (const std::string_view type : bodies) {
    const std::string& body = seen.part(type).body;
    EXPECT_GE(count(body, "Ana, you are no longer needed on JADA"), 1U) << type;
    EXPECT_EQ(count(body, old_when), 1U);
    EXPECT_EQ(count(body, "Harbor Island, west dock"), 1U);
    for (const std::string_view what : {"http", "href", "Ben Ito", "Cleo", "Dana", "captain", "⟦"})
      EXPECT_EQ(count(body, what), 0U) << type << ": " << what;
  }
  const auto event = invitation(seen, "CANCEL");
  EXPECT_EQ(event.uid, first.uid);
  EXPECT_GT(event.sequence, first.sequence);
  EXPECT_EQ(event.status, "CANCELLED");
  EXPECT_EQ(event.summary, "Cancelled: Crew: JADA");
  EXPECT_EQ(event.description + event.url, "");
  EXPECT_EQ(event.attendee, "mailto:ana@crew.example");
}

TEST(Changes, a_repeat_is_the_same_bytes) {
  const MailFrame frame = frame_of_change();
  const std::vector<FactChange> changes = {{"boat", "Halcyon", "JADA"}};
  const auto crew = testing::crew_mail_view();
  EXPECT_EQ(write_crew_change(crew, changes, frame)->message,
            write_crew_change(crew, changes, frame)->message);
  EXPECT_EQ(write_crew_farewell(farewell(), frame)->message,
            write_crew_farewell(farewell(), frame)->message);
}

}  // namespace
}  // namespace app
