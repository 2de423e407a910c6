// A charter that moves: everything follows it in one commit, or nothing does.
#include "app/change_charter.h"

#include <thread>

#include "app/replay_job.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class ChangeCharterTest : public ChangeTest {};

// What the old time looks like in each form that shows one.
const Lines old_time = {"16:30", "19:30", "4:30", "7:30 PM", "T163000", "T193000", "23:30:00Z"};

::testing::AssertionResult says_no_old_time(const std::string& text) {
  if (text.empty()) return ::testing::AssertionFailure() << "says nothing at all";
  for (const std::string& time : old_time)
    if (text.find(time) != std::string::npos)
      return ::testing::AssertionFailure() << time << " stands in " << text;
  return ::testing::AssertionSuccess();
}

}  // namespace

TEST_F(ChangeCharterTest, writes_everything_in_one_commit) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  const Lines expected = {
      "check jada/tenant tenant 1",
      "check owner: jada/charter/{id} intake 1",
      "check owner: jada/tenant rates 1",
      "put @due 2027-05-22T15:33:20Z/{id}.crew_call.2 0",
      "put @due 2027-05-22T15:33:20Z/{id}.guest_page.2 0",
      "put @due 2027-05-22T15:35:20Z/{id}.guest_mail.2 0",
      "put @due 2027-05-23T15:33:20Z/{id}.reminders.2 0",
      "put jada/calendar/2027-05 2027-05-30T22:30:00Z/{id} 0",
      "put jada/charter/{id} audit 0",
      "put jada/charter/{id} charter 1",
      "put jada/charter/{id} job/{id}.crew_call.2 0",
      "put jada/charter/{id} job/{id}.guest_mail.2 0",
      "put jada/charter/{id} job/{id}.guest_page.2 0",
      "put jada/charter/{id} job/{id}.reminders.2 0",
      "put jada/person/ana 2027-05 1",
      "put jada/person/ana latest 1",
      "put jada/person/ben 2027-05 1",
      "put jada/person/ben latest 1",
      "put jada/person/cleo 2027-05 1",
      "put jada/person/cleo latest 1",
      "put jada/vessel/jada 2027-05 1",
      "put jada/vessel/jada latest 1",
      "put owner: jada/charter/{id} audit 0",
      "put owner: jada/charter/{id} settlement 1",
      "remove jada/calendar/2027-05 2027-05-30T23:30:00Z/{id} 1",
  };
  EXPECT_EQ(written_at_once(trip.id.text()), expected);
}

TEST_F(ChangeCharterTest, an_hour_earlier_after_it_was_told_is_an_hour_earlier_everywhere) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  EXPECT_TRUE(says_no_old_time(page())) << "at once, before any job ran";
  EXPECT_TRUE(says_no_old_time(crew_page_of("ana")));
  EXPECT_TRUE(says_no_old_time(feed()));
  run_all();
  EXPECT_EQ(charter().slug, trip.slug) << "the address is the one that people have";
  const std::string published = object("boatsetter-may-30.html");
  EXPECT_TRUE(says_no_old_time(published));
  EXPECT_NE(published.find("3:30 PM"), std::string::npos);
  const auto file = base::testing::read_calendar(object("boatsetter-may-30.ics"));
  ASSERT_TRUE(file && file->events.size() == 1U);
  EXPECT_EQ(base::format_utc(file->events[0].starts), "2027-05-30T22:30:00Z");
  EXPECT_EQ(file->events[0].sequence, 1);
  EXPECT_EQ(base::format_utc(feed_event().starts), "2027-05-30T22:30:00Z");
  EXPECT_EQ(feed_event().sequence, 1);
  EXPECT_EQ(busy("vessel/jada", "2027-05").find("23:30:00Z"), std::string::npos);
}

TEST_F(ChangeCharterTest, everybody_who_was_told_gets_one_note_from_old_to_new) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  ASSERT_EQ(later_mails(),
            (Lines{"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo", "guest_mail.2"}));
  for (const std::string& name : later_mails()) {
    const auto note = mail(name);
    const std::string text = note.part("text/plain").body;
    const auto was = text.find("4:30 PM");
    ASSERT_NE(was, std::string::npos) << text;
    EXPECT_NE(text.find("3:30 PM", was), std::string::npos) << "old, then new: " << text;
    EXPECT_EQ(count(text, "4:30 PM"), 1U) << text;
    const auto event = invitation(note);
    EXPECT_EQ(base::format_utc(event.starts), "2027-05-30T22:30:00Z");
    EXPECT_EQ(event.sequence, 1);
    EXPECT_EQ(text.find("Boat"), std::string::npos) << "of what is as it was there is no word";
  }
}

TEST_F(ChangeCharterTest, changes_within_two_minutes_are_one_note) {
  ASSERT_TRUE(move_to("2027-05-30T15:00"));
  run_due();
  clock.advance(std::chrono::seconds(60));
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_due();
  clock.advance(std::chrono::seconds(50));
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.dock = "Fuel dock"; }));
  run_due();
  EXPECT_EQ(later_mails(), Lines{}) << "not before the two minutes are over";
  run_all();
  EXPECT_EQ(later_mails(),
            (Lines{"crew_mail.4.ana", "crew_mail.4.ben", "crew_mail.4.cleo", "guest_mail.4"}));
  const std::string text = mail("crew_mail.4.ana").part("text/plain").body;
  EXPECT_NE(text.find("Fuel dock"), std::string::npos);
  EXPECT_NE(text.find("4:30 PM"), std::string::npos) << "from what they were told";
  EXPECT_NE(text.find("3:30 PM"), std::string::npos);
  EXPECT_EQ(text.find("3:00 PM"), std::string::npos) << "nobody was told of it";
  const auto waited = job(domain::job_id_for(trip.id, domain::JobKind::guest_mail, 4));
  EXPECT_EQ(waited.due_at - waited.planned_at, std::chrono::seconds(10))
      << "the first change of the burst says when";
}

TEST_F(ChangeCharterTest, what_went_and_came_back_within_a_burst_is_told_to_nobody) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  ASSERT_TRUE(move_to("2027-05-30T16:30"));
  run_all();
  EXPECT_EQ(later_mails(), Lines{});
}

TEST_F(ChangeCharterTest, what_people_were_told_is_known_after_a_replay_that_came_too_late) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  ASSERT_TRUE(move_to("2027-05-30T16:30"));
  run_all();
  const auto first = domain::crew_mail_id_for(trip.id, 1, domain::MemberId("ana"));
  ASSERT_TRUE(replay_job(operations(), world, first, "owner"));
  run_all();
  ASSERT_EQ(job(first).state, domain::JobState::stale);
  ASSERT_EQ(later_mails(), Lines{});
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.dock = "Fuel dock"; }));
  run_all();
  const std::string text = mail("crew_mail.4.ana").part("text/plain").body;
  EXPECT_NE(text.find("Harbor Island"), std::string::npos) << "a note, from old to new: " << text;
}

TEST_F(ChangeCharterTest, a_yes_to_another_time_does_not_count_and_one_to_other_words_does) {
  ASSERT_TRUE(says_yes("ana"));
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.crew_notes = "Bring the flag"; }));
  EXPECT_EQ(answer_of("ana"), domain::Answer::yes);
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  EXPECT_EQ(answer_of("ana"), domain::Answer::none);
  ASSERT_TRUE(says_yes("ana"));
  EXPECT_EQ(answer_of("ana"), domain::Answer::yes);
}

TEST_F(ChangeCharterTest, mails_that_had_not_left_say_the_new_time_once) {
  BookingRequest other = booking_request();
  other.booking.reference = "LATER01";
  other.booking.starts_at = written("2027-06-05T16:30");
  trip = booked(other);  // nothing of it was sent yet
  ASSERT_TRUE(move_to("2027-06-05T15:30"));
  run_all();
  ASSERT_EQ(later_mails(),
            (Lines{"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo", "guest_mail.2"}));
  for (const std::string& name : later_mails())
    EXPECT_TRUE(says_no_old_time(mail(name).part("text/plain").body)) << name;
  EXPECT_EQ(job(domain::job_id_for(trip.id, domain::JobKind::guest_mail, 1)).state,
            domain::JobState::stale);
}

TEST_F(ChangeCharterTest, a_guest_whose_charter_becomes_bareboat_is_told) {
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.change.contract = domain::Contract::bareboat;
    r.change.crew = std::vector<domain::Slot>{slot("ben", "crew"), slot("cleo", "crew")};
  }));
  run_all();
  EXPECT_NE(page().find("Bareboat: you bring the captain"), std::string::npos);
  const std::string told = mail("guest_mail.2").part("text/plain").body;
  EXPECT_NE(told.find("Bareboat: you bring the captain"), std::string::npos) << told;
}

TEST_F(ChangeCharterTest, a_guest_with_a_new_address_is_told_everything_there) {
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.guest.email = "whit@guest.example"; }));
  run_all();
  ASSERT_EQ(later_mails(), (Lines{"guest_mail.2", "guest_mail.2.former"}))
      << "the crew sees no address";
  EXPECT_EQ(mail("guest_mail.2").to.second, "whit@guest.example");
}

TEST_F(ChangeCharterTest, over_a_months_and_a_years_end_the_old_time_is_free_and_the_new_taken) {
  const struct {
    const char* to;
    const char* month;  // of UTC, where it ends
    const char* latest;
  } moves[] = {
      {"2027-05-31T23:30", "2027-06", "2027-06-01T09:30:00Z"},
      {"2027-05-31T15:30", "2027-06", "2027-06-01T01:30:00Z"},
      {"2027-12-31T15:30", "2028-01", "2028-01-01T02:30:00Z"},
      {"2027-05-30T16:30", "2027-05", "2027-05-31T02:30:00Z"},
  };
  std::string before = "2027-05";
  for (const auto& [to, month, latest] : moves) {
    ASSERT_TRUE(move_to(to)) << to;
    for (const char* whose : {"vessel/jada", "person/ana", "person/ben", "person/cleo"}) {
      EXPECT_TRUE(before == month || busy(whose, before) == R"({"busy":[]})") << to << whose;
      EXPECT_NE(busy(whose, month).find(latest), std::string::npos) << to << " " << whose;
      EXPECT_EQ(busy(whose, "latest"), std::string(R"({"until":")") + latest + "\"}") << to;
    }
    EXPECT_EQ(count(feed(), "BEGIN:VEVENT"), 1U) << to;
    before = month;
  }
}

TEST_F(ChangeCharterTest, to_another_vessel_the_first_is_free_and_the_second_taken) {
  ASSERT_TRUE(take(plain_request("2027-05-29T10:00")));
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.change.vessel = domain::VesselId("skiff");
    r.change.guest.party_size = 4;
  }));
  EXPECT_EQ(count(busy("vessel/jada", "2027-05"), "\"holder\""), 1U);
  EXPECT_EQ(busy("vessel/jada", "latest"), R"({"until":"2027-05-29T19:00:00Z"})");
  EXPECT_NE(busy("vessel/skiff", "2027-05").find(trip.id.text()), std::string::npos);
  EXPECT_EQ(busy("vessel/skiff", "latest"), R"({"until":"2027-05-31T02:30:00Z"})");
  EXPECT_EQ(feed_event().location, "Shelter Island");
  EXPECT_TRUE(take(plain_request("2027-05-30T16:30"))) << "the slot is free at once";
  BookingRequest there = plain_request("2027-05-30T16:30", "skiff");
  EXPECT_TRUE(refuses([&] { return take(there); }, Kind::conflict, "vessel"));
}

TEST_F(ChangeCharterTest, into_its_own_old_time_nothing_is_in_the_way) {
  EXPECT_TRUE(move_to("2027-05-30T17:00"));
  EXPECT_TRUE(change([](ChangeRequest& r) { r.change.duration_minutes = 240; }));
}

TEST_F(ChangeCharterTest, onto_busy_time_is_refused_naming_what_is_there_and_changes_nothing) {
  const auto other = booked(plain_request("2027-06-02T10:00"));
  BookingRequest bens = plain_request("2027-06-04T10:00", "skiff");
  bens.booking.crew = {slot("ben", "crew")};
  const auto his = booked(bens);
  const auto onto = [&] { return move_to("2027-06-02T12:30"); };
  EXPECT_TRUE(refuses(onto, Kind::conflict, "vessel")) << "within the turnaround";
  EXPECT_NE(onto().error().message.find(other.id.text()), std::string::npos);
  EXPECT_EQ(onto().error().code, "busy");
  const auto bens_day = [&] { return move_to("2027-06-04T11:00"); };
  EXPECT_TRUE(refuses(bens_day, Kind::conflict, "crew[1].member"));
  EXPECT_NE(bens_day().error().message.find(his.id.text()), std::string::npos);
}

TEST_F(ChangeCharterTest, refuses_with_the_field_and_leaves_nothing) {
  const struct {
    const char* field;
    Make make;
  } cases[] = {
      {"starts_at", [](ChangeRequest& r) { r.change.starts_at = written("2028-03-12T02:30"); }},
      {"vessel", [](ChangeRequest& r) { r.change.vessel = domain::VesselId("raft"); }},
      {"guest.party_size", [](ChangeRequest& r) { r.change.guest.party_size = 13; }},
      {"crew[0].member", [](ChangeRequest& r) { r.change.crew = {{slot("zoe", "crew")}}; }},
      {"crew_notes", [](ChangeRequest& r) { r.change.crew_notes = "Gross is $840.75"; }},
      {"gross", [](ChangeRequest& r) { r.gross = "much"; }},
  };
  for (const auto& [field, make] : cases)
    EXPECT_TRUE(refuses([&] { return change(make); }, Kind::invalid, field)) << field;
  const auto lost = [&] { return move_to("2028-03-12T02:30"); };
  EXPECT_NE(lost().error().message.find("03:00"), std::string::npos) << "the next valid time";
}

TEST_F(ChangeCharterTest, of_a_revision_that_is_gone_says_the_current_one) {
  ASSERT_TRUE(move_to("2027-05-30T15:30", 1));
  const auto late = [&] { return move_to("2027-05-30T15:00", 1); };
  EXPECT_TRUE(refuses(late, Kind::conflict));
  EXPECT_EQ(late().error().code, stale_revision);
  EXPECT_NE(late().error().message.find("revision 2"), std::string::npos);
  EXPECT_TRUE(move_to("2027-05-30T15:00", 2));
}

TEST_F(ChangeCharterTest, that_changes_nothing_writes_nothing) {
  const Lines before = dump();
  const auto same = change([&](ChangeRequest& r) {
    r.change.starts_at = written("2027-05-30T16:30");
    r.change.crew = trip.crew;
    r.gross = "840.75";
    r.internal_notes = "Paid through Boatsetter";
  });
  ASSERT_TRUE(same);
  EXPECT_EQ(same->revision, 1U);
  EXPECT_EQ(dump(), before);
}

TEST_F(ChangeCharterTest, of_the_books_alone_is_told_to_nobody) {
  const auto after = change([](ChangeRequest& r) { r.gross = "900.00"; });
  ASSERT_TRUE(after);
  EXPECT_EQ(after->revision, 2U);
  EXPECT_EQ(after->facts_revision, 1U);
  EXPECT_NE(settlement().find(R"("gross":"900.00")"), std::string::npos);
  run_all();
  EXPECT_EQ(later_mails(), Lines{});
  ASSERT_TRUE(move_to("2027-05-30T15:30", 2)) << "and the next change finds its place";
  EXPECT_EQ(feed_event().sequence, 2);
}

TEST_F(ChangeCharterTest, settles_anew_in_the_same_commit) {
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.change.duration_minutes = 240;
    r.change.crew = {{slot("ana", "captain"), slot("dora", "crew")}};
  }));
  const std::string money = settlement();
  EXPECT_NE(money.find(R"("member":"ana","hours":"4","rate":"50.00","amount":"200.00")"),
            std::string::npos)
      << money;
  EXPECT_NE(money.find(R"("net":"364.41")"), std::string::npos) << money;
}

TEST_F(ChangeCharterTest, amounts_pass_when_the_owner_says_so_and_that_is_on_record) {
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.change.crew_notes = "Cash bar, $5 a drink";
    r.amounts = domain::AmountsInNotes::allowed;
  }));
  int told = 0;
  for (const std::string& line : dump())
    if (line.find(" audit/") != std::string::npos &&
        line.find(R"("amounts_allowed":true)") != std::string::npos)
      ++told;
  EXPECT_EQ(told, 1);
}

TEST_F(ChangeCharterTest, each_deed_is_on_record_with_before_and_after) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  Lines deeds;
  for (const std::string& line : dump())
    if (line.find(R"("verb":"change_charter")") != std::string::npos) deeds.push_back(line);
  ASSERT_EQ(deeds.size(), 2U) << "one for all, and the owner's part of it";
  EXPECT_NE(deeds[0].find("dashboard key 3f2a"), std::string::npos);
  EXPECT_NE(deeds[0].find("2027-05-30T16:30"), std::string::npos) << deeds[0];
  EXPECT_NE(deeds[0].find("2027-05-30T15:30"), std::string::npos);
  EXPECT_EQ(deeds[0].find("840.75"), std::string::npos);
}

TEST_F(ChangeCharterTest, two_at_once_that_mean_one_revision_are_one_change) {
  std::atomic<int> made = 0;
  std::atomic<int> stale = 0;
  std::vector<std::thread> hands;
  for (int hour = 10; hour < 16; ++hour)
    hands.emplace_back([&, hour] {
      const auto moved = move_to("2027-05-30T" + std::to_string(hour) + ":00", 1);
      if (moved) ++made;
      if (!moved && moved.error().code == stale_revision) ++stale;
    });
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(stale, 5);
  EXPECT_EQ(charter().revision, 2U);
}

TEST_F(ChangeCharterTest, two_at_once_that_mean_whichever_is_there_are_both_made) {
  std::vector<std::thread> hands;
  for (const char* dock : {"Fuel dock", "Police dock", "North dock"})
    hands.emplace_back(
        [&, dock] { EXPECT_TRUE(change([&](ChangeRequest& r) { r.change.dock = dock; })); });
  hands.emplace_back([&] { EXPECT_TRUE(move_to("2027-05-30T15:30")); });
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(charter().revision, 5U);
  EXPECT_EQ(base::format_utc(charter().starts.utc), "2027-05-30T22:30:00Z");
}

TEST_F(ChangeCharterTest, two_trips_that_want_one_slot_get_it_once) {
  const auto other = booked(plain_request("2027-06-02T10:00"));
  std::atomic<int> made = 0;
  const auto wants = [&](const domain::CharterId& id) {
    ChangeRequest request;
    request.meant = {id, 0};
    request.change.starts_at = written("2027-06-10T10:00");
    const auto moved = change_charter(owner(), world, request);
    if (moved) ++made;
    EXPECT_TRUE(moved || moved.error().code == "busy");
  };
  std::thread one([&] { wants(trip.id); });
  std::thread two([&] { wants(other.id); });
  one.join();
  two.join();
  EXPECT_EQ(made, 1);
}

TEST_F(ChangeCharterTest, of_another_operator_or_of_nobody_is_not_found) {
  ChangeRequest request;
  request.meant = {trip.id, 0};
  EXPECT_TRUE(
      refuses([&] { return change_charter(owner("tern"), world, request); }, Kind::not_found));
  request.meant.charter = domain::CharterId("jada.nobody");
  EXPECT_TRUE(refuses([&] { return change_charter(owner(), world, request); }, Kind::not_found));
}

}  // namespace app::testing
