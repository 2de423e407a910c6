// What a charter is called and who sails it: the page's name, and the crew.
#include "app/change_charter.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class ChangeNamesTest : public ChangeTest {
 protected:
  base::Result<domain::Charter> page_is(const std::string& name) {
    return change([&](ChangeRequest& r) { r.change.slug = domain::Slug(name); });
  }
  std::string led_to(const std::string& name) {
    const auto found = value_of(find_guest_page(operations(), world, name));
    return found ? found->slug.text() : "";
  }
};

}  // namespace

TEST_F(ChangeNamesTest, a_renamed_page_is_at_the_new_name_and_every_old_one_leads_there) {
  ASSERT_TRUE(page_is("danas-day"));
  ASSERT_TRUE(page_is("danas-big-day"));
  run_all();
  for (const char* name : {"boatsetter-may-30", "danas-day", "danas-big-day", "XHQGMDH"})
    EXPECT_EQ(led_to(name), "danas-big-day") << name;
  EXPECT_NE(object("danas-big-day.html"), "");
  for (const char* old : {"boatsetter-may-30.html", "boatsetter-may-30.ics", "danas-day.html"})
    EXPECT_EQ(object(old), "") << old << ": a copy of a page would grow old there";
  EXPECT_EQ(later_mails(), Lines{}) << "links that people have still lead there";
}

TEST_F(ChangeNamesTest, back_to_a_name_that_it_had) {
  ASSERT_TRUE(page_is("danas-day"));
  run_all();
  ASSERT_TRUE(page_is("boatsetter-may-30"));
  run_all();
  EXPECT_EQ(led_to("danas-day"), "boatsetter-may-30");
  EXPECT_NE(object("boatsetter-may-30.html"), "");
  EXPECT_EQ(object("danas-day.html"), "");
}

TEST_F(ChangeNamesTest, a_name_that_is_or_was_anothers_is_refused) {
  BookingRequest other = booking_request();
  other.booking.reference = "OTHER01";
  other.booking.starts_at = written("2027-06-05T16:30");
  other.booking.crew.clear();
  const auto its = booked(other);
  EXPECT_TRUE(refuses([&] { return page_is("boatsetter-jun-5"); }, Kind::conflict, "slug"));
  EXPECT_EQ(page_is("boatsetter-jun-5").error().code, "slug-taken");
  ChangeRequest renames;
  renames.meant = {its.id, 0};
  renames.change.slug = domain::Slug("junes-own");
  ASSERT_TRUE(change_charter(owner(), world, renames));
  EXPECT_TRUE(refuses([&] { return page_is("boatsetter-jun-5"); }, Kind::conflict, "slug"))
      << "it still leads to the other's page";
}

TEST_F(ChangeNamesTest, a_new_booking_does_not_get_the_name_that_leads_elsewhere) {
  ASSERT_TRUE(page_is("danas-day"));
  BookingRequest same_day = booking_request();
  same_day.booking.reference = "OTHER01";
  same_day.booking.starts_at = written("2027-05-30T10:00");
  same_day.booking.crew.clear();
  EXPECT_EQ(booked(same_day).slug.text(), "boatsetter-may-30-2");
}

TEST_F(ChangeNamesTest, whoever_leaves_is_told_and_gone_and_whoever_comes_is_asked) {
  const std::string anas = token_of("ana");
  const std::string bens = token_of("ben");
  ASSERT_TRUE(opens(anas));
  ASSERT_TRUE(says_yes("ben"));
  ASSERT_TRUE(crew_is({slot("ben", "captain"), slot("cleo", "crew"), slot("dora", "host")}));
  EXPECT_FALSE(opens(anas)) << "at once";
  EXPECT_EQ(crew_page_of("ana"), "");
  for (const char* reader : {"ben", "cleo", "dora"}) {
    EXPECT_EQ(crew_page_of(reader).find("Ana Reyes"), std::string::npos) << reader;
    EXPECT_NE(crew_page_of(reader).find("Dora Lind"), std::string::npos) << reader;
  }
  EXPECT_EQ(answer_of("ben"), domain::Answer::none) << "he said yes to another role";
  run_all();
  EXPECT_FALSE(opens(anas));
  EXPECT_TRUE(opens(bens)) << "those who stay keep their links";
  EXPECT_TRUE(opens(token_of("dora")));
  EXPECT_EQ(later_mails(),
            (Lines{"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo", "crew_mail.2.dora"}))
      << "the guest sees no crew";
  const auto farewell = mail("crew_mail.2.ana");
  const auto taken_back = invitation(farewell, "CANCEL");
  EXPECT_EQ(taken_back.status, "CANCELLED");
  EXPECT_EQ(taken_back.sequence, 1);
  EXPECT_EQ(farewell.part("text/plain").body.find("/c/"), std::string::npos) << "no dead link";
  EXPECT_EQ(invitation(mail("crew_mail.2.dora")).sequence, 1);
  EXPECT_EQ(mail("crew_mail.2.dora").part("text/plain").body.find("Ana"), std::string::npos);
  EXPECT_EQ(busy("person/ana", "2027-05"), R"({"busy":[]})");
  EXPECT_EQ(feed().find("Ana"), std::string::npos);
}

TEST_F(ChangeNamesTest, whoever_leaves_is_told_once_although_mail_is_away_and_more_changes_follow) {
  mail_server.refusal = base::unavailable("the mail server is away");
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_due();
  ASSERT_TRUE(crew_is({slot("ben", "captain"), slot("cleo", "crew")}));
  run_due();
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.dock = "Fuel dock"; }));
  run_due();
  mail_server.refusal.reset();
  run_all();
  Lines anas;
  for (const std::string& name : later_mails())
    if (name.ends_with(".ana")) anas.push_back(name);
  ASSERT_EQ(anas.size(), 1U);
  EXPECT_EQ(invitation(mail(anas[0]), "CANCEL").status, "CANCELLED");
}

TEST_F(ChangeNamesTest, a_trip_that_a_crew_system_made_has_a_page_as_soon_as_it_has_a_guest) {
  trip = charter(value_of(make(event_request("2027-06-10T16:30"))).body);
  ASSERT_FALSE(trip.has_guest_page());
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.crew_notes = "Bring the flag"; }));
  ASSERT_FALSE(charter().has_guest_page());
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.change.guest.name = "Dana Whitfield";
    r.change.guest.email = "dana@guest.example";
  }));
  EXPECT_EQ(charter().slug.text(), "direct-jun-10");
  EXPECT_TRUE(charter().former_slugs.empty());
  run_all();
  EXPECT_NE(object("direct-jun-10.html"), "");
  EXPECT_EQ(mail("guest_mail.3").to.second, "dana@guest.example");
}

TEST_F(ChangeNamesTest, who_was_never_told_of_it_is_not_told_that_it_is_off) {
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("dora", "host")}));
  ASSERT_TRUE(crew_is({slot("ana", "captain")}));
  run_all();
  for (const std::string& name : later_mails()) EXPECT_FALSE(name.ends_with("dora")) << name;
}

TEST_F(ChangeNamesTest, who_left_and_comes_back_is_asked_as_if_new) {
  const std::string first = token_of("cleo");
  ASSERT_TRUE(says_yes("cleo"));
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew")}));
  run_all();
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew"), slot("cleo", "crew")}));
  run_all();
  EXPECT_EQ(answer_of("cleo"), domain::Answer::none);
  EXPECT_FALSE(opens(first)) << "the old link stays dead";
  EXPECT_TRUE(opens(token_of("cleo")));
  EXPECT_EQ(invitation(mail("crew_mail.3.cleo")).sequence, 2);
  EXPECT_EQ(mail("crew_mail.3.cleo").header("Subject"), mail("crew_mail.1.cleo").header("Subject"));
}

TEST_F(ChangeNamesTest, who_crews_another_boat_then_cannot_come) {
  BookingRequest elsewhere = plain_request("2027-05-30T17:00", "skiff");
  elsewhere.booking.crew = {slot("dora", "crew")};
  ASSERT_TRUE(take(elsewhere));
  EXPECT_TRUE(refuses([&] { return crew_is({slot("ana", "captain"), slot("dora", "host")}); },
                      Kind::conflict, "crew[1].member"));
}

TEST_F(ChangeNamesTest, a_swap_that_also_moves_the_trip_takes_the_new_time_of_the_new_crew) {
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.change.starts_at = written("2027-05-31T23:30");
    r.change.crew = {{slot("ben", "captain"), slot("dora", "crew")}};
  }));
  for (const char* gone : {"person/ana", "person/cleo"})
    EXPECT_EQ(busy(gone, "2027-05"), R"({"busy":[]})") << gone;
  EXPECT_EQ(busy("person/dora", "2027-05"), "");
  for (const char* there : {"person/ben", "person/dora", "vessel/jada"})
    EXPECT_NE(busy(there, "2027-06").find("2027-06-01T06:30:00Z"), std::string::npos) << there;
}

TEST_F(ChangeNamesTest, who_leaves_while_the_trip_moves_hears_of_the_time_that_they_know) {
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.change.starts_at = written("2027-05-30T15:30");
    r.change.crew = {{slot("ana", "captain"), slot("ben", "crew")}};
  }));
  run_all();
  const std::string subject = mail("crew_mail.2.cleo").header("Subject");
  EXPECT_NE(subject.find("4:30"), std::string::npos) << subject;
  EXPECT_EQ(subject.find("3:30"), std::string::npos) << subject;
}

TEST_F(ChangeNamesTest, another_dock_is_named_everywhere_and_has_no_position_of_the_first) {
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.dock = "Fuel dock"; }));
  for (const std::string& text : {page(), crew_page_of("ana"), feed()}) {
    EXPECT_NE(text.find("Fuel dock"), std::string::npos);
    EXPECT_EQ(text.find("Harbor Island"), std::string::npos);
    EXPECT_EQ(text.find("32.72"), std::string::npos) << "the way there would be to the wrong dock";
  }
}

}  // namespace app::testing
