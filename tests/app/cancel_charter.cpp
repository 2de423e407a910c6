// A trip that is called off: its time is free, its pages say so, and whoever knew of it hears of
// it.
#include "app/cancel_charter.h"

#include <thread>

#include "base/text.h"

#include "app/presign_photo.h"
#include "app/receipt.h"
#include "app/tick_item.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

using base::Kind;
using domain::CancelCause;

namespace {

class CancelCharterTest : public ChangeTest {};

}  // namespace

TEST_F(CancelCharterTest, frees_the_slot_in_the_same_commit_whatever_the_cause) {
  for (const CancelCause cause : {CancelCause::weather, CancelCause::guest, CancelCause::operator_,
                                  CancelCause::channel, CancelCause::duplicate}) {
    const auto off = cancel(cause);
    ASSERT_TRUE(off) << domain::name_of(cause);
    EXPECT_EQ(off->status, domain::CharterStatus::cancelled);
    EXPECT_EQ(charter().cancel_cause, cause);
    EXPECT_EQ(busy("vessel/jada", "2027-05"), R"({"busy":[]})");
    EXPECT_EQ(busy("person/ana", "2027-05"), R"({"busy":[]})");
    BookingRequest again = booking_request();
    again.booking.reference = "R" + std::string(domain::name_of(cause));
    trip = booked(again);  // the slot can be booked again at once, and is the next case's trip
  }
}

TEST_F(CancelCharterTest, pages_and_feeds_show_it_at_once) {
  ASSERT_TRUE(cancel(CancelCause::weather));
  for (const std::string& shown : {page(), crew_page_of("ana")}) {
    EXPECT_NE(base::lowered(shown).find("cancelled"), std::string::npos) << shown;
    EXPECT_NE(shown.find("weather"), std::string::npos) << shown;
  }
  EXPECT_EQ(page().find("type=\"file\""), std::string::npos) << "no photos are asked for";
  EXPECT_EQ(crew_page_of("ana").find("<form"), std::string::npos) << "nothing is left to answer";
  EXPECT_EQ(feed_event().status, "CANCELLED");
  EXPECT_EQ(feed_event().sequence, 1);
  run_all();
  EXPECT_EQ(object("boatsetter-may-30.html"), page());
  const auto file = base::testing::read_calendar(object("boatsetter-may-30.ics"));
  ASSERT_TRUE(file && file->events.size() == 1U);
  EXPECT_EQ(file->events[0].status, "CANCELLED");
  EXPECT_EQ(file->events[0].sequence, 1);
}

TEST_F(CancelCharterTest, of_the_causes_only_the_weather_is_told) {
  ASSERT_TRUE(cancel(CancelCause::guest));
  run_all();
  const auto view =
      value_of(crew_page(operations(), trip.id, domain::MemberId("ana"), clock.now()));
  EXPECT_FALSE(view.told_cause);
  for (const std::string& name : later_mails())
    EXPECT_EQ(mail(name).part("text/plain").body.find("guest cancelled"), std::string::npos);
}

TEST_F(CancelCharterTest, everybody_who_knew_is_told_at_once_and_their_calendars_too) {
  ASSERT_TRUE(cancel(CancelCause::weather));
  run_due();
  clock.advance(domain::job_wait_for_page);  // the guest's mail waits for the page, as ever
  run_due();
  ASSERT_EQ(later_mails(),
            (Lines{"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo", "guest_mail.2"}));
  for (const std::string& name : later_mails()) {
    const auto event = invitation(mail(name), "CANCEL");
    EXPECT_EQ(event.status, "CANCELLED") << name;
    const std::string first =
        name.substr(0, name.find('2')) + "1" + name.substr(name.find('2') + 1);
    EXPECT_GT(event.sequence, invitation(mail(first)).sequence) << name;
    EXPECT_EQ(event.uid, invitation(mail(first)).uid) << name;
  }
}

TEST_F(CancelCharterTest, nobody_is_told_the_end_of_what_they_never_heard_of) {
  BookingRequest other = booking_request();
  other.booking.reference = "LATER01";
  other.booking.starts_at = written("2027-06-05T16:30");
  trip = booked(other);
  ASSERT_TRUE(cancel(CancelCause::duplicate));
  run_all();
  EXPECT_EQ(later_mails(), Lines{});
  for (const domain::Job& job : value_of(receipt_of(owner(), world, trip.id)).jobs)
    EXPECT_NE(job.state, domain::JobState::planned) << job.id.text();
}

TEST_F(CancelCharterTest, a_note_that_was_waiting_is_not_sent_beside_it) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_due();
  ASSERT_TRUE(cancel(CancelCause::operator_));
  run_all();
  EXPECT_EQ(later_mails(),
            (Lines{"crew_mail.3.ana", "crew_mail.3.ben", "crew_mail.3.cleo", "guest_mail.3"}));
}

TEST_F(CancelCharterTest, closes_uploads_answers_and_checklists) {
  PhotoRequest photo;
  photo.page_name = "boatsetter-may-30";
  photo.guest_key = domain::guest_key_for(world.server_key, trip.id, 0);
  photo.filename = "bow.jpg";
  photo.content_type = "image/jpeg";
  photo.bytes = 1000;
  clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(presign_photo(operations(), world, photo)) << "open until then";
  ASSERT_TRUE(cancel(CancelCause::guest));
  EXPECT_TRUE(refuses([&] { return presign_photo(operations(), world, photo); }, Kind::not_found));
  EXPECT_TRUE(refuses([&] { return says_yes("ana"); }, Kind::conflict));
  const CrewMate ana{{}, trip.id, domain::MemberId("ana")};
  EXPECT_TRUE(refuses([&] { return tick_item(operations(), world, ana, "d1", Done::yes); },
                      Kind::conflict));
  EXPECT_TRUE(refuses([&] { return crew_with(trip.id, slot("dora", "host")); }, Kind::conflict));
}

TEST_F(CancelCharterTest, the_books_say_what_is_still_owed_and_what_was_kept) {
  Cancellation request;
  request.meant = {trip.id, 0};
  request.cause = CancelCause::guest;
  request.kept = "200.00";
  ASSERT_TRUE(cancel_charter(owner(), world, request));
  const std::string money = settlement();
  EXPECT_NE(money.find(R"("gross":"200.00")"), std::string::npos) << money;
  EXPECT_NE(money.find(R"("hours":"0","rate":"50.00","amount":"0.00")"), std::string::npos);
  EXPECT_NE(money.find(R"("net":"164.00")"), std::string::npos) << "less port tax: " << money;
  int told = 0;
  for (const std::string& line : dump())
    if (line.starts_with("owner_only ") && line.find(" audit/") != std::string::npos &&
        line.find(R"("gross_before":"840.75")") != std::string::npos)
      ++told;
  EXPECT_EQ(told, 1) << "what the gross was stays on record";
}

TEST_F(CancelCharterTest, unless_something_is_kept_nothing_is_earned) {
  ASSERT_TRUE(cancel(CancelCause::weather));
  EXPECT_NE(settlement().find(R"("gross":"0.00")"), std::string::npos) << settlement();
  EXPECT_NE(settlement().find(R"("net":"0.00")"), std::string::npos);
}

TEST_F(CancelCharterTest, the_owner_says_what_is_owed_all_the_same) {
  Cancellation request;
  request.meant = {trip.id, 0};
  request.kept = "200.00";
  request.cancelled_hours = domain::Decimal::parse("1.5");
  request.actor = "dashboard key 3f2a";
  ASSERT_TRUE(cancel_charter(owner(), world, request));
  EXPECT_EQ(settlement(),
            R"({"gross":"200.00","currency":"USD","lines":[)"
            R"({"kind":"pay","role":"captain","member":"ana","hours":"1.5","rate":"50.00",)"
            R"("amount":"75.00"},)"
            R"({"kind":"pay","role":"crew","member":"ben","hours":"1.5","rate":"25.00",)"
            R"("amount":"37.50"},)"
            R"({"kind":"pay","role":"crew","member":"cleo","hours":"1.5","rate":"25.00",)"
            R"("amount":"37.50"},)"
            R"({"kind":"fee","name":"port_tax","percent":"18","amount":"36.00"}],)"
            R"("net":"14.00"})");
}

TEST_F(CancelCharterTest, and_corrects_it_later_without_telling_anybody) {
  ASSERT_TRUE(cancel(CancelCause::weather));
  run_all();
  const Lines mails = maildrop();
  ASSERT_TRUE(change([](ChangeRequest& r) {
    r.gross = "100.00";
    r.cancelled_hours = domain::Decimal::parse("1");
  }));
  EXPECT_NE(settlement().find(R"("net":"-18.00")"), std::string::npos) << settlement();
  run_all();
  EXPECT_EQ(maildrop(), mails);
}

TEST_F(CancelCharterTest, hours_of_a_trip_that_sails_are_not_said_so) {
  EXPECT_TRUE(refuses(
      [&] {
        return change([](ChangeRequest& r) { r.cancelled_hours = domain::Decimal::parse("1"); });
      },
      Kind::invalid, "cancelled_hours"));
}

TEST_F(CancelCharterTest, books_of_a_trip_that_is_over_can_be_corrected) {
  clock.advance(std::chrono::hours(24 * 30));
  ASSERT_TRUE(change([](ChangeRequest& r) { r.gross = "900.00"; }));
  EXPECT_NE(settlement().find(R"("gross":"900.00")"), std::string::npos);
}

TEST_F(CancelCharterTest, the_crews_way_of_it_earns_nothing_either) {
  ASSERT_TRUE(cancel_event(operations(), world, {trip.id, 0}, "service key 77aa"));
  run_all();
  EXPECT_NE(settlement().find(R"("gross":"0.00")"), std::string::npos) << settlement();
  EXPECT_NE(settlement().find(R"("net":"0.00")"), std::string::npos);
  ASSERT_TRUE(change([](ChangeRequest& r) { r.gross = "200.00"; }));
  EXPECT_NE(settlement().find(R"("net":"164.00")"), std::string::npos) << settlement();
}

TEST_F(CancelCharterTest, more_than_the_gross_cannot_be_kept) {
  Cancellation request;
  request.meant = {trip.id, 0};
  request.kept = "840.76";
  EXPECT_TRUE(
      refuses([&] { return cancel_charter(owner(), world, request); }, Kind::invalid, "kept"));
  request.kept = "840.75";
  EXPECT_TRUE(cancel_charter(owner(), world, request));
}

TEST_F(CancelCharterTest, the_trail_says_what_it_was_before_and_after) {
  ASSERT_TRUE(cancel(CancelCause::weather));
  int told = 0;
  for (const std::string& line : dump())
    told += line.find("cancel_charter") != std::string::npos &&
            line.find(R"("before":{"revision":1,"facts_revision":1,"status":"confirmed"})") !=
                std::string::npos;
  EXPECT_EQ(told, 1);
}

TEST_F(CancelCharterTest, what_is_kept_must_be_an_amount) {
  Cancellation request;
  request.meant = {trip.id, 0};
  request.kept = "half";
  EXPECT_TRUE(
      refuses([&] { return cancel_charter(owner(), world, request); }, Kind::invalid, "kept"));
}

TEST_F(CancelCharterTest, once_over_no_fact_can_be_changed_any_more) {
  const auto all_refused = [&](const char* why) {
    for (const auto& act : std::vector<std::function<base::Result<domain::Charter>()>>{
             [&] { return cancel(CancelCause::guest); },
             [&] { return move_to("2027-06-05T15:30"); },
             [&] { return crew_is({slot("dora", "crew")}); }}) {
      EXPECT_TRUE(refuses(act, Kind::conflict)) << why;
      EXPECT_EQ(act().error().code, "charter-over") << why;
    }
  };
  const domain::Charter first = trip;
  BookingRequest other = booking_request();
  other.booking.reference = "LATER01";
  other.booking.starts_at = written("2027-06-05T16:30");
  trip = booked(other);
  ASSERT_TRUE(cancel(CancelCause::weather));
  all_refused("cancelled");
  trip = first;
  clock.advance(std::chrono::hours(24 * 30));
  all_refused("completed");
}

TEST_F(CancelCharterTest, of_a_revision_that_is_gone_is_refused_when_one_is_meant) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  EXPECT_TRUE(refuses([&] { return cancel(CancelCause::guest, 1); }, Kind::conflict));
  EXPECT_TRUE(cancel(CancelCause::guest, 2));
}

TEST_F(CancelCharterTest, a_change_and_a_cancellation_at_once_end_in_one_cancelled_trip) {
  std::thread one([&] {
    const auto moved = move_to("2027-05-30T15:30");
    EXPECT_TRUE(moved || moved.error().code == "charter-over");
  });
  std::thread two([&] { EXPECT_TRUE(cancel(CancelCause::weather)); });
  one.join();
  two.join();
  EXPECT_TRUE(charter().is_cancelled());
  EXPECT_EQ(busy("vessel/jada", "2027-05"), R"({"busy":[]})");
  EXPECT_EQ(busy("person/ben", "2027-05"), R"({"busy":[]})");
}

}  // namespace app::testing
