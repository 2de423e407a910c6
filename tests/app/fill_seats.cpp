// The call: who is asked for an open seat, when, and what their silence, no and yes come to.
#include "app/fill_seats.h"

#include <thread>

#include "app/answer_ask.h"
#include "app/availability_record.h"
#include "app/cancel_charter.h"
#include "app/change_charter.h"
#include "app/list_at_risk.h"

#include "tests/app/call_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Answer;
using domain::AskState;
using domain::JobKind;

namespace {

class FillSeatsTest : public CallTest {
 protected:
  domain::Charter change(const domain::Charter& trip,
                         const std::function<void(ChangeRequest&)>& make) {
    ChangeRequest request;
    request.meant = {trip.id, 0};
    request.actor = "dashboard key 3f2a";
    make(request);
    return value_of(change_charter(owner(), world, request));
  }
  void is_away(const std::string& member, std::chrono::year_month_day day) {
    auto changes = operations().changes();
    changes.put(away_place(domain::MemberId(member)), ports::absent, encoded(AwayDays{day}));
    ASSERT_TRUE(operations().commit(changes));
  }
};

// 6 November 2027, 18:00 PDT; in the night the clocks go back, and the morning is PST.
TEST_F(FillSeatsTest, a_call_three_captains_deep_over_the_night_in_which_the_clocks_change) {
  be_at(wall("2027-11-06T18:00"));
  const auto trip = seeking("2027-11-10T16:30", {open_seat("captain"), open_seat("crew")});
  settle();
  EXPECT_EQ(standing(trip), "eve waiting");
  // Two hours that evening, two the next morning.
  EXPECT_EQ(base::format_utc(asks(trip)["eve"].until), "2027-11-07T18:00:00Z");

  pass_until(wall("2027-11-07T09:59"));
  EXPECT_EQ(standing(trip), "eve waiting");
  pass_until(wall("2027-11-07T10:00"));
  EXPECT_EQ(standing(trip), "ana waiting; eve silent");
  pass_until(wall("2027-11-07T11:00"));
  ASSERT_TRUE(says(trip, "ana", Answer::no));
  settle();
  EXPECT_EQ(standing(trip), "ana no; ben waiting; eve silent");
  pass_until(wall("2027-11-07T15:00"));
  // Nobody is left to ask as captain; so the hands are asked, all at once.
  EXPECT_EQ(standing(trip), "ana no; ben silent; cleo waiting; dora waiting; eve silent");
  EXPECT_EQ(mails(trip, JobKind::owner_mail),
            (Lines{"Ana Reyes said no: JADA, Wed 10 Nov 2027, 4:30 PM PST",
                   "Nobody left to ask: JADA, Wed 10 Nov 2027, 4:30 PM PST"}));

  pass_until(wall("2027-11-07T16:00"));
  ASSERT_TRUE(says(trip, "eve", Answer::yes));  // late, and the seat is still open
  ASSERT_TRUE(says(trip, "dora", Answer::yes));
  settle();
  EXPECT_EQ(crew_of(trip), "captain eve, crew dora");
  EXPECT_EQ(open_seats(trip), 0U);
  EXPECT_EQ(standing(trip), "ana no; ben silent; cleo taken; dora yes; eve yes");
  // Nobody was written to in the night.
  for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
    if (job.kind == JobKind::seat_ask) {
      EXPECT_TRUE(domain::is_civil(*job.finished_at, {}, "America/Los_Angeles")) << job.id.text();
    }
}

TEST_F(FillSeatsTest, every_ask_answer_and_escalation_stands_on_the_receipt) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  const auto asked_at = std::chrono::floor<std::chrono::seconds>(clock.now());
  pass_until(asks(trip)["eve"].until);
  ASSERT_TRUE(says(trip, "ana", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "ben", Answer::yes));
  settle();
  const Receipt receipt = value_of(receipt_of(owner(), world, trip.id));
  ASSERT_EQ(receipt.call.asks.size(), 3U);
  EXPECT_EQ(receipt.call.asks[0].name, "Eve Novak");
  EXPECT_EQ(receipt.call.asks[0].ask.state, AskState::silent);
  EXPECT_EQ(receipt.call.asks[0].ask.asked_at, asked_at);
  EXPECT_EQ(receipt.call.asks[0].ask.ended_at, receipt.call.asks[0].ask.until);
  EXPECT_EQ(receipt.call.asks[1].ask.state, AskState::no);
  EXPECT_EQ(receipt.call.asks[1].ask.asked_at, receipt.call.asks[0].ask.until);
  EXPECT_EQ(receipt.call.asks[2].ask.state, AskState::yes);
  ASSERT_EQ(receipt.call.seats.size(), 1U);
  EXPECT_EQ(receipt.call.seats[0].state, SeatState::confirmed);
  EXPECT_EQ(receipt.call.seats[0].name, "Ben Okafor");
  Lines kinds;
  for (const domain::Job& job : receipt.jobs)
    kinds.push_back(std::string(domain::name_of(job.kind)) + " " + job.to);
  for (const char* wanted :
       {"seat_ask eve@crew.example", "seat_ask ana@crew.example", "seat_ask ben@crew.example",
        "owner_mail owner@jada.example", "crew_mail ben@crew.example"})
    EXPECT_NE(std::ranges::find(kinds, wanted), kinds.end()) << wanted;
}

TEST_F(FillSeatsTest, nobody_is_asked_at_night) {
  be_at(wall("2027-05-20T20:00"));
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  EXPECT_EQ(standing(trip), "");
  pass_until(wall("2027-05-21T07:59"));
  EXPECT_EQ(standing(trip), "");
  pass_until(wall("2027-05-21T08:00"));
  EXPECT_EQ(standing(trip), "eve waiting");
}

TEST_F(FillSeatsTest, hands_wait_for_the_captain) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("crew"), open_seat("captain")});
  settle();
  EXPECT_EQ(standing(trip), "eve waiting");
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; cleo waiting; dora waiting; eve yes");
}

TEST_F(FillSeatsTest, only_who_is_free_and_holds_what_the_role_needs_is_asked) {
  using namespace std::chrono;
  TenantFile file = call_file();
  file.tenant.call.roles[domain::captain_role] = {
      domain::AskMode::one, base::minutes(60), {"licence"}};
  file.tenant.members[0].credentials = {{"licence", 2027y / May / 30}};
  file.tenant.members[1].credentials = {{"licence", 2027y / May / 29}};  // a day too short
  apply(file);                                                           // eve has none at all
  is_away("cleo", 2027y / May / 30);
  // Dora's trip ends as this one begins: no turnaround between.
  BookingRequest before = plain_request("2027-05-30T14:30", "skiff");
  before.booking.crew = {slot("dora", "crew")};
  booked(before);
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain"), open_seat("crew")});
  settle();
  EXPECT_EQ(standing(trip), "ana waiting");
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  EXPECT_EQ(standing(trip), "ana yes; ben waiting");
}

TEST_F(FillSeatsTest, a_day_off_that_is_taken_back_is_seen_the_next_morning) {
  using namespace std::chrono;
  TenantFile file = call_file();
  file.tenant.members.erase(file.tenant.members.begin() + 1, file.tenant.members.end());
  apply(file);
  is_away("ana", 2027y / May / 30);
  be_at(wall("2027-05-20T12:00"));
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  EXPECT_EQ(standing(trip), "");
  auto changes = operations().changes();
  changes.put(away_place(domain::MemberId("ana")), 1, encoded(AwayDays{}));
  ASSERT_TRUE(operations().commit(changes));
  pass_until(wall("2027-05-21T08:00"));
  EXPECT_EQ(standing(trip), "ana waiting");
}

TEST_F(FillSeatsTest, who_says_no_to_a_seat_of_theirs_puts_it_up_for_grabs) {
  BookingRequest other = plain_request("2027-05-30T15:00", "skiff");
  other.booking.crew = {slot("cleo", "crew")};
  const auto trip = seeking("2027-05-30T16:30", {slot("ana", "captain"), slot("cleo", "crew")});
  settle();
  EXPECT_TRUE(refuses([&] { return take(other); }, Kind::conflict, "crew[0].member"));
  ASSERT_TRUE(says(trip, "cleo", Answer::no));
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; dora waiting");
  // Cleo is free for the other trip, and then not any more for this one.
  booked(other);
  const auto again = says(trip, "cleo", Answer::yes);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "busy");
  ASSERT_TRUE(says(trip, "dora", Answer::yes));
  settle();
  EXPECT_EQ(crew_of(trip), "captain ana, crew dora");
  EXPECT_EQ(standing(trip), "ben taken; cleo no; dora yes");
}

TEST_F(FillSeatsTest, who_dropped_out_may_come_back_while_the_seat_is_open) {
  const auto trip = seeking("2027-05-30T16:30", {slot("cleo", "crew")});
  settle();
  ASSERT_TRUE(says(trip, "cleo", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "cleo", Answer::yes));
  settle();
  EXPECT_EQ(crew_of(trip), "crew cleo");
  EXPECT_EQ(standing(trip), "ben taken; dora taken");
  const auto late = says(trip, "dora", Answer::yes);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, seat_taken);
  // Dropped once more, those who never got to answer are asked again.
  ASSERT_TRUE(says(trip, "cleo", Answer::no));
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; dora waiting");
}

TEST_F(FillSeatsTest, a_trip_that_moves_is_asked_for_anew) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  settle();
  EXPECT_EQ(standing(trip), "ana waiting; eve no");
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  settle();
  EXPECT_EQ(standing(trip), "ana withdrawn; eve waiting");
  EXPECT_EQ(asks(trip)["eve"].revision, 2U);
  const auto stale = answer_call(operations(), world, mate(trip, "eve"), {Answer::yes, 1});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, asked_anew);
}

TEST_F(FillSeatsTest, after_a_cancellation_nobody_is_asked_and_an_answer_is_refused) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  renew(trip.id,
        [](domain::Charter& charter) { charter.status = domain::CharterStatus::cancelled; });
  const auto late = says(trip, "eve", Answer::yes);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "charter-over");
  pass_until(wall("2027-05-30T20:00"));
  EXPECT_EQ(standing(trip), "eve withdrawn");
}

TEST_F(FillSeatsTest, fifty_say_yes_to_one_seat_at_the_same_instant_and_one_has_it) {
  TenantFile file = call_file();
  for (int i = 0; i < 50; ++i) {
    const std::string id = "hand" + std::to_string(i);
    file.tenant.members.push_back({domain::MemberId(id),
                                   "Hand " + std::to_string(i),
                                   id + "@crew.example",
                                   {domain::Role("deckhand")}});
  }
  apply(file);
  const auto trip = seeking("2027-05-30T16:30", {open_seat("deckhand")});
  settle();
  ASSERT_EQ(asks(trip).size(), 50U);
  std::atomic<int> seated = 0;
  std::atomic<int> late = 0;
  std::atomic<bool> go = false;
  std::vector<std::thread> hands;
  hands.reserve(50);
  for (int i = 0; i < 50; ++i)
    hands.emplace_back([&, i] {
      while (!go) std::this_thread::yield();
      const CrewMate mate{
          {}, trip.id, domain::MemberId("hand" + std::to_string(i)), CrewMate::Standing::asked};
      const auto answer = answer_call(operations(), world, mate, {Answer::yes});
      if (answer) ++seated;
      if (!answer && answer.error().code == seat_taken) ++late;
    });
  go = true;
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(seated, 1);
  EXPECT_EQ(late, 49);
  EXPECT_EQ(charter(trip.id.text()).crew.size(), 1U);
  EXPECT_EQ(open_seats(trip), 0U);
}

TEST_F(FillSeatsTest, one_person_says_yes_to_two_trips_at_once_and_has_one) {
  const auto one = seeking("2027-05-30T16:30", {open_seat("host")});
  BookingRequest request = plain_request("2027-05-30T17:00", "skiff");
  request.booking.crew = {open_seat("host")};
  const auto other = booked(request);
  settle();
  ASSERT_EQ(standing(one), "dora waiting");
  ASSERT_EQ(standing(other), "dora waiting");
  ASSERT_TRUE(says(one, "dora", Answer::yes));
  const auto too_much = says(other, "dora", Answer::yes);
  ASSERT_FALSE(too_much);
  EXPECT_EQ(too_much.error().code, "busy");
  EXPECT_EQ(crew_of(other), "");
}

TEST_F(FillSeatsTest, a_yes_that_a_scanner_gave_is_undone) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  const auto kept = value_of(load_ask(operations(), trip.id, domain::MemberId("eve")));
  value_of(undo_deed(operations(), world, {trip.id, kept->value.deed, "dashboard key 3f2a"}));
  settle();
  EXPECT_EQ(crew_of(trip), "");
  EXPECT_EQ(open_seats(trip), 1U);
  EXPECT_EQ(standing(trip), "eve waiting");
  // Her time is free again, and nobody was told of what was not meant.
  EXPECT_EQ(mails(trip, JobKind::owner_mail), Lines{});
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  EXPECT_EQ(crew_of(trip), "captain eve");
}

TEST_F(FillSeatsTest, a_no_that_is_undone_takes_the_time_again) {
  const auto trip = seeking("2027-05-30T16:30", {slot("cleo", "crew")});
  settle();
  ASSERT_TRUE(says(trip, "cleo", Answer::no));
  const auto given = value_of(answers_of(operations(), trip.id));
  value_of(undo_deed(operations(), world,
                     {trip.id, given.at(domain::MemberId("cleo")).deed, "dashboard key 3f2a"}));
  BookingRequest other = plain_request("2027-05-30T15:00", "skiff");
  other.booking.crew = {slot("cleo", "crew")};
  EXPECT_TRUE(refuses([&] { return take(other); }, Kind::conflict, "crew[0].member"));
}

TEST_F(FillSeatsTest, is_at_risk_from_the_deadline_on_until_every_seat_has_a_yes) {
  be_at(wall("2027-05-25T12:00"));
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain"), slot("cleo", "crew")});
  pass_until(wall("2027-05-28T16:29"));
  EXPECT_TRUE(value_of(list_at_risk(operations(), clock.now())).empty());
  pass_until(wall("2027-05-28T16:30"));
  const auto list = value_of(list_at_risk(operations(), clock.now()));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].charter.id, trip.id);
  ASSERT_EQ(list[0].status.seats.size(), 2U);
  EXPECT_EQ(list[0].status.seats[0].state, SeatState::waiting);  // cleo has not said anything
  EXPECT_EQ(list[0].status.seats[1].state, SeatState::open);
  EXPECT_EQ(list[0].status.asks.size(), 3U);
  const Lines told = mails(trip, JobKind::owner_mail);
  EXPECT_EQ(told.back(), "At risk: JADA, Sun 30 May 2027, 4:30 PM PDT");
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  ASSERT_TRUE(says(trip, "cleo", Answer::yes));
  EXPECT_TRUE(value_of(list_at_risk(operations(), clock.now())).empty());
  EXPECT_TRUE(value_of(list_at_risk(operations("tern"), clock.now())).empty());
}

TEST_F(FillSeatsTest, a_look_that_a_later_one_has_overtaken_does_nothing) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  domain::Job first = job(domain::job_id_for(trip.id, JobKind::fill_seats, 1));
  const Lines before = dump();
  EXPECT_EQ(value_of(fill_seats(operations(), world, first)).outcome, JobOutcome::void_);
  EXPECT_EQ(dump(), before);
}

// What a tester with fresh eyes found, each once.

TEST_F(FillSeatsTest, a_yes_and_a_no_at_the_same_instant_leave_one_truth) {
  for (int round = 0; round < 8; ++round) {
    const auto trip =
        seeking("2027-06-0" + std::to_string(round + 1) + "T10:00", {open_seat("captain")});
    settle();
    const CrewMate eve = mate(trip, "eve");
    std::atomic<bool> go = false;
    std::vector<std::thread> hands;
    hands.reserve(2);
    for (const Answer answer : {Answer::yes, Answer::no})
      hands.emplace_back([&, answer] {
        while (!go) std::this_thread::yield();
        EXPECT_TRUE(answer_call(operations(), world, eve, {answer}));
      });
    go = true;
    for (std::thread& hand : hands) hand.join();
    settle();
    const auto status = call_status(*value_of(seat_sight(operations(), trip.id)), clock.now());
    const bool last_was_yes = asks(trip)["eve"].state == AskState::yes;
    const bool is_aboard = status.seats[0].state != SeatState::open;
    // Aboard and declined: the no came after the yes, and the next is asked.
    if (is_aboard && status.seats[0].state == SeatState::declined) {
      EXPECT_EQ(asks(trip).at("ana").state, AskState::waiting);
    } else {
      EXPECT_EQ(status.seats[0].state == SeatState::confirmed, last_was_yes);
    }
  }
}

TEST_F(FillSeatsTest, an_undone_yes_takes_the_trip_out_of_the_calendar_and_asks_who_is_next) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  pass_until(asks(trip)["eve"].until);
  ASSERT_TRUE(says(trip, "eve", Answer::yes));  // late
  settle();
  const auto kept = value_of(load_ask(operations(), trip.id, domain::MemberId("eve")));
  value_of(undo_deed(operations(), world, {trip.id, kept->value.deed, "dashboard key 3f2a"}));
  settle();
  const Lines told = mails(trip, JobKind::crew_mail);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(told[0].starts_with("You’re aboard")) << told[0];
  EXPECT_TRUE(told[1].starts_with("Not needed")) << told[1];
  // Which is she again, for captains are asked in their order.
  EXPECT_EQ(standing(trip), "ana taken; eve waiting");
}

TEST_F(FillSeatsTest, an_undone_yes_to_a_trip_that_moved_does_not_stop_the_call) {
  be_at(wall("2027-05-20T18:00"));
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  be_at(wall("2027-05-20T21:00"));
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  settle();
  EXPECT_EQ(standing(trip), "eve withdrawn");
  ASSERT_TRUE(answer_call(operations(), world, mate(trip, "eve"), {Answer::yes, 2}));
  settle();
  be_at(wall("2027-05-21T10:00"));
  const auto kept = value_of(load_ask(operations(), trip.id, domain::MemberId("eve")));
  value_of(undo_deed(operations(), world, {trip.id, kept->value.deed, "dashboard key 3f2a"}));
  settle();
  EXPECT_EQ(standing(trip), "eve waiting");
  EXPECT_GT(asks(trip)["eve"].until, clock.now());
}

TEST_F(FillSeatsTest, who_is_named_while_they_are_asked_is_not_told_that_the_seat_is_gone) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  change(trip, [](ChangeRequest& r) {
    r.change.crew = std::vector<domain::Slot>{slot("eve", "captain")};
  });
  settle();
  EXPECT_EQ(standing(trip), "eve withdrawn");
  const Lines asked = mails(trip, JobKind::seat_ask);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_TRUE(asked[0].starts_with("Wanted")) << asked[0];
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
}

TEST_F(FillSeatsTest, a_seat_that_goes_away_is_no_longer_open_and_nobody_took_it) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  change(trip, [](ChangeRequest& r) { r.change.crew = std::vector<domain::Slot>{}; });
  settle();
  EXPECT_EQ(standing(trip), "eve taken");
  EXPECT_TRUE(mails(trip, JobKind::seat_ask).back().starts_with("No longer needed"));
  const auto late = says(trip, "eve", Answer::yes);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().message, "Thank you! This seat is no longer open");
}

TEST_F(FillSeatsTest, who_is_asked_hears_of_a_cancellation) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  Cancellation request;
  request.meant = {trip.id, 0};
  request.cause = domain::CancelCause::weather;
  request.actor = "dashboard key 3f2a";
  value_of(cancel_charter(owner(), world, request));
  settle();
  EXPECT_EQ(standing(trip), "eve withdrawn");
  EXPECT_TRUE(mails(trip, JobKind::seat_ask).back().starts_with("No longer needed"));
}

TEST_F(FillSeatsTest, the_receipt_keeps_what_was_asked_before) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  const auto first_until = asks(trip)["eve"].until;
  pass_until(first_until);
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  ASSERT_TRUE(says(trip, "eve", Answer::no));  // drops
  settle();
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  std::string all;
  for (const AskStatus& one : value_of(receipt_of(owner(), world, trip.id)).call.asks)
    all += one.ask.member.text() + " " + std::string(domain::name_of(one.ask.state)) + "; ";
  EXPECT_EQ(all, "eve silent; eve yes; ana yes; ");
}

TEST_F(FillSeatsTest, that_nobody_is_left_is_told_each_time) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("host")});  // dora alone is one
  settle();
  ASSERT_TRUE(says(trip, "dora", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "dora", Answer::yes));
  settle();
  ASSERT_TRUE(says(trip, "dora", Answer::no));
  settle();
  const Lines told = mails(trip, JobKind::owner_mail);
  EXPECT_EQ(std::ranges::count_if(
                told, [](const auto& subject) { return subject.starts_with("Nobody left"); }),
            2);
}

TEST_F(FillSeatsTest, who_does_not_hold_the_role_any_more_does_not_get_the_seat) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("host")});
  settle();
  TenantFile file = call_file();
  file.tenant.members[3].roles = {domain::Role("crew")};
  apply(file);
  const auto late = says(trip, "dora", Answer::yes);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "role-not-held");
}

TEST_F(FillSeatsTest, who_comes_back_is_asked_what_a_seat_asks) {
  using namespace std::chrono;
  const auto trip = seeking("2027-05-30T16:30", {slot("ana", "captain")});
  settle();
  ASSERT_TRUE(says(trip, "ana", Answer::no));
  // Touching the trip, and JADA has an hour of turnaround.
  BookingRequest other = plain_request("2027-05-30T18:30", "skiff");
  other.booking.crew = {slot("ana", "captain")};
  booked(other);
  const auto touching = says(trip, "ana", Answer::yes);
  ASSERT_FALSE(touching);
  EXPECT_EQ(touching.error().code, "busy");
}

TEST_F(FillSeatsTest, a_no_as_captain_is_no_no_as_a_hand) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain"), open_seat("crew")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "ana", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "ben", Answer::no));
  settle();
  EXPECT_EQ(asks(trip)["ben"].role, domain::Role("crew"));
  EXPECT_EQ(standing(trip), "ana no; ben waiting; cleo waiting; dora waiting; eve no");
}

TEST_F(FillSeatsTest, whom_a_crew_system_names_takes_the_open_seat) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(crew_with(trip.id, slot("ana", "captain")));
  settle();
  EXPECT_EQ(crew_of(trip), "captain ana");
  EXPECT_EQ(open_seats(trip), 0U);
  EXPECT_EQ(standing(trip), "eve taken");
}

}  // namespace

}  // namespace app::testing
