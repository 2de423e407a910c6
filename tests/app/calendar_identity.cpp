// One trip is one event in every calendar: the same UID, people and sequence wherever it is shown,
// so that a program takes a change for a change, and a cancellation for the end of what it holds.
#include "tests/app/change_fixture.h"

namespace app::testing {
namespace {

class CalendarIdentityTest : public ChangeTest {
 protected:
  std::string part(const std::string& name) { return mail(name).part("text/calendar").body; }
  base::testing::ReadEvent event(const std::string& name) {
    const auto calendar = base::testing::read_calendar(part(name));
    EXPECT_TRUE(calendar && calendar->events.size() == 1U) << name;
    return calendar && calendar->events.size() == 1U ? calendar->events[0]
                                                     : base::testing::ReadEvent();
  }
  base::testing::ReadEvent file() {
    const auto calendar = base::testing::read_calendar(object("boatsetter-may-30.ics"));
    EXPECT_TRUE(calendar && calendar->events.size() == 1U);
    return calendar ? calendar->events.at(0) : base::testing::ReadEvent();
  }
};

const std::pair<const char*, const char*> readers[] = {{"crew_mail.{}.ana", "ana@crew.example"},
                                                       {"crew_mail.{}.cleo", "cleo@crew.example"},
                                                       {"guest_mail.{}", "dana@guest.example"}};

std::string of_revision(std::string name, const std::string& revision) {
  return name.replace(name.find("{}"), 2, revision);
}

// Judged by libical, not by us: what a program does with each mail, in order and out of it.
TEST_F(CalendarIdentityTest, a_note_moves_the_event_that_was_invited_and_a_cancel_ends_it) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  run_all();
  using base::testing::effect_of;
  for (const auto& [mails, reader] : readers) {
    const std::string invited = part(of_revision(mails, "1"));
    const std::string moved = part(of_revision(mails, "2"));
    const std::string off = part(of_revision(mails, "3"));
    EXPECT_EQ(effect_of(invited, "", reader), "new");
    EXPECT_EQ(effect_of(moved, invited, reader), "another time");
    EXPECT_EQ(effect_of(off, moved, reader), "the end");
    EXPECT_EQ(effect_of(off, invited, reader), "the end") << "the note may never have come";
    EXPECT_EQ(effect_of(invited, moved, reader), "overtaken") << "it came late";
  }
}

TEST_F(CalendarIdentityTest, a_farewell_ends_what_its_reader_holds_and_a_new_call_begins_anew) {
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew")}));
  run_all();
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("cleo", "crew")}));
  run_all();
  using base::testing::effect_of;
  const std::string farewell = part("crew_mail.2.cleo");
  EXPECT_EQ(effect_of(farewell, part("crew_mail.1.cleo"), "cleo@crew.example"), "the end");
  EXPECT_EQ(effect_of(part("crew_mail.3.cleo"), "", "cleo@crew.example"), "new");
  EXPECT_LT(event("crew_mail.2.cleo").sequence, event("crew_mail.3.cleo").sequence);
}

TEST_F(CalendarIdentityTest, each_mail_follows_the_one_that_told_its_reader_last) {
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.crew = {{slot("ana", "captain")}}; }));
  run_all();
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  run_all();
  const std::pair<const char*, const char*> followed[] = {
      {"crew_mail.2.ana", "crew_mail.1.ana"}, {"crew_mail.2.ben", "crew_mail.1.ben"},
      {"crew_mail.3.ana", "crew_mail.2.ana"}, {"crew_mail.4.ana", "crew_mail.3.ana"},
      {"guest_mail.3", "guest_mail.1"},       {"guest_mail.4", "guest_mail.3"}};
  for (const auto& [name, before] : followed) {
    EXPECT_EQ(mail(name).header("In-Reply-To"), mail(before).header("Message-ID")) << name;
    EXPECT_EQ(mail(name).header("References"), mail(before).header("Message-ID")) << name;
  }
  EXPECT_EQ(mail("guest_mail.1").header("In-Reply-To"), "");
}

TEST_F(CalendarIdentityTest, is_the_same_in_mails_file_and_feed_after_each_change) {
  const base::Instant booked_at = charter().booked_at;
  EXPECT_EQ(file().stamp, std::chrono::floor<std::chrono::seconds>(booked_at));
  clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  ASSERT_TRUE(change([](ChangeRequest& r) { r.gross = "900.00"; })) << "no calendar's business";
  const base::Instant moved_at = std::chrono::floor<std::chrono::seconds>(clock.now());
  run_all();
  const auto first = event("guest_mail.1");
  const std::vector<std::pair<std::string, base::testing::ReadEvent>> places{
      {"file", file()},
      {"feed", feed_event()},
      {"guest's", event("guest_mail.2")},
      {"ana's", event("crew_mail.2.ana")}};
  for (const auto& [place, shown] : places) {
    EXPECT_EQ(shown.uid, first.uid) << place;
    EXPECT_EQ(shown.sequence, first.sequence + 1) << place;
    EXPECT_EQ(shown.stamp, moved_at) << place << " has not been " << base::format_utc(shown.stamp);
  }
  EXPECT_EQ(event("crew_mail.2.ana").organizer, event("crew_mail.1.ana").organizer);
  EXPECT_EQ(event("crew_mail.2.ana").attendee, event("crew_mail.1.ana").attendee);
}

TEST_F(CalendarIdentityTest, the_file_has_the_same_bytes_whenever_it_is_published) {
  clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  const std::string published = object("boatsetter-may-30.ics");
  clock.advance(std::chrono::hours(5));
  const auto again = value_of(find_guest_page(operations(), world, charter().slug.text()));
  ASSERT_TRUE(again);
  EXPECT_EQ(value_of(guest_calendar(world, *again)), published);
}

TEST_F(CalendarIdentityTest, who_has_said_yes_is_not_asked_again_by_a_note_that_asks_nothing) {
  ASSERT_TRUE(says_yes("ana"));
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.guest.party_size = 8; }));
  run_all();
  EXPECT_EQ(event("crew_mail.1.ana").attendance, "NEEDS-ACTION");
  EXPECT_EQ(event("crew_mail.2.ana").attendance, "ACCEPTED");
  EXPECT_EQ(event("crew_mail.2.ben").attendance, "NEEDS-ACTION");
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  EXPECT_EQ(event("crew_mail.3.ana").attendance, "NEEDS-ACTION") << "it is another time";
}

}  // namespace
}  // namespace app::testing
