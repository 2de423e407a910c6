// What stands of answers and of what people know when a trip changes more than once, or its guest
// becomes another: nobody is asked or told what they know, and nobody is left with what is not so.
#include "app/tick_item.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

using domain::Answer;

namespace {

class ToldOnceMoreTest : public ChangeTest {
 protected:
  std::string text_of_mail(const std::string& name) { return mail(name).part("text/plain").body; }
  std::string subject_of(const std::string& name) { return mail(name).header("Subject"); }
  void guest_writes_from(const std::string& address) {
    ASSERT_TRUE(change([&](ChangeRequest& r) { r.change.guest.email = address; }));
  }
};

}  // namespace

TEST_F(ToldOnceMoreTest, a_yes_to_what_went_and_came_back_stands_and_nobody_hears_of_it) {
  ASSERT_TRUE(says_yes("ana"));
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  EXPECT_EQ(answer_of("ana"), Answer::none);
  ASSERT_TRUE(move_to("2027-05-30T16:30"));
  EXPECT_EQ(answer_of("ana"), Answer::yes);
  run_all();
  EXPECT_EQ(later_mails(), Lines{});
}

TEST_F(ToldOnceMoreTest, so_does_one_of_a_seat_that_was_lost_and_given_back_at_once) {
  ASSERT_TRUE(says_yes("cleo"));
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew"), slot("dora", "crew")}));
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew"), slot("cleo", "crew")}));
  EXPECT_EQ(answer_of("cleo"), Answer::yes);
  run_all();
  EXPECT_EQ(answer_of("cleo"), Answer::yes);
}

TEST_F(ToldOnceMoreTest, but_whoever_was_sent_away_and_comes_back_is_asked_again) {
  ASSERT_TRUE(says_yes("cleo"));
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew")}));
  run_all();
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew"), slot("cleo", "crew")}));
  EXPECT_EQ(answer_of("cleo"), Answer::none);
  run_all();
  EXPECT_NE(subject_of("crew_mail.3.cleo").find("Crew call"), std::string::npos);
}

TEST_F(ToldOnceMoreTest, who_answered_before_the_note_left_is_not_asked_by_it) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  ASSERT_TRUE(says_yes("ana"));
  run_all();
  EXPECT_NE(text_of_mail("crew_mail.2.ana").find("you need not answer again"), std::string::npos);
  EXPECT_NE(text_of_mail("crew_mail.2.ben").find("Please say yes or no"), std::string::npos);
}

TEST_F(ToldOnceMoreTest, crew_in_another_order_is_the_same_crew) {
  ASSERT_TRUE(crew_is({slot("cleo", "crew"), slot("ben", "crew"), slot("ana", "captain")}));
  EXPECT_EQ(charter().revision, 1U);
}

TEST_F(ToldOnceMoreTest, the_end_names_the_trip_as_it_was_known) {
  ASSERT_TRUE(move_to("2027-08-20T09:00"));
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  run_all();
  for (const char* name : {"guest_mail.3", "crew_mail.3.ana"}) {
    EXPECT_NE(subject_of(name).find("30 May"), std::string::npos) << subject_of(name);
    EXPECT_NE(text_of_mail(name).find("30 May"), std::string::npos) << name;
    EXPECT_EQ(text_of_mail(name).find("August"), std::string::npos) << name;
  }
}

TEST_F(ToldOnceMoreTest, a_trip_that_starts_soon_keeps_nobody_waiting) {
  clock.advance(trip.starts.utc - std::chrono::hours(3) - clock.now());
  ASSERT_TRUE(move_to("2027-05-30T14:00"));  // in half an hour
  run_due();
  run_due();
  EXPECT_TRUE(std::ranges::count(later_mails(), "crew_mail.2.ana"));
}

TEST_F(ToldOnceMoreTest, an_address_that_was_the_guests_is_told_and_its_calendar_too) {
  guest_writes_from("erin@guest.example");
  run_all();
  EXPECT_EQ(later_mails(), (Lines{"guest_mail.2", "guest_mail.2.former"}));
  const auto farewell = mail("guest_mail.2.former");
  EXPECT_NE(farewell.header("To").find("dana@guest.example"), std::string::npos);
  EXPECT_EQ(farewell.header("To").find("Dana"), std::string::npos) << "it may be another's name";
  EXPECT_EQ(invitation(farewell, "CANCEL").status, "CANCELLED");
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  run_all();
  EXPECT_FALSE(std::ranges::count(later_mails(), "guest_mail.3.former")) << "they know enough";
}

TEST_F(ToldOnceMoreTest, so_is_one_that_no_other_follows) {
  guest_writes_from("");
  run_all();
  EXPECT_EQ(later_mails(), Lines{"guest_mail.2.former"});
}

TEST_F(ToldOnceMoreTest, unless_it_is_the_guests_again_before) {
  guest_writes_from("erin@guest.example");
  guest_writes_from("dana@guest.example");
  run_all();
  for (const std::string& name : later_mails())
    EXPECT_EQ(name.find("former"), std::string::npos) << name;
}

TEST_F(ToldOnceMoreTest, or_heard_nothing_yet) {
  BookingRequest other = booking_request();
  other.booking.reference = "LATER01";
  other.booking.starts_at = written("2027-06-05T16:30");
  trip = booked(other);
  guest_writes_from("erin@guest.example");
  run_all();
  EXPECT_FALSE(std::ranges::count(later_mails(), "guest_mail.2.former"));
}

TEST_F(ToldOnceMoreTest, ticks_of_whoever_left_stay_without_their_name) {
  const CrewMate ben{{}, trip.id, domain::MemberId("ben")};
  ASSERT_TRUE(tick_item(operations(), world, ben, "d1", Done::yes));
  ASSERT_NE(crew_page_of("ana").find("Ben Okafor"), std::string::npos);
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("cleo", "crew")}));
  EXPECT_EQ(crew_page_of("ana").find("Ben Okafor"), std::string::npos);
  EXPECT_NE(crew_page_of("ana").find(R"(aria-checked="true")"), std::string::npos);
}

}  // namespace app::testing
