// Answers to a call: one seat, one yes; what a no lets go of; what is undone, late or meant for
// another seat.
#include "app/answer_ask.h"

#include <atomic>
#include <thread>

#include "app/ask_page.h"
#include "app/render_ask_page.h"

#include "tests/app/call_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Answer;
using domain::AskState;
using domain::JobKind;

namespace {

using AnswerAskTest = CallTest;

TEST_F(AnswerAskTest, who_says_no_to_a_seat_of_theirs_puts_it_up_for_grabs) {
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

TEST_F(AnswerAskTest, who_dropped_out_may_come_back_while_the_seat_is_open) {
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

TEST_F(AnswerAskTest, fifty_say_yes_to_one_seat_at_the_same_instant_and_one_has_it) {
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

TEST_F(AnswerAskTest, one_person_says_yes_to_two_trips_at_once_and_has_one) {
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

TEST_F(AnswerAskTest, a_yes_and_a_no_at_the_same_instant_leave_one_truth) {
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

TEST_F(AnswerAskTest, who_is_named_while_they_are_asked_is_not_told_that_the_seat_is_gone) {
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

TEST_F(AnswerAskTest, who_does_not_hold_the_role_any_more_does_not_get_the_seat) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("host")});
  settle();
  TenantFile file = call_file();
  file.tenant.members[3].roles = {domain::Role("crew")};
  apply(file);
  const auto late = says(trip, "dora", Answer::yes);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "role-not-held");
}

TEST_F(AnswerAskTest, who_comes_back_is_asked_what_a_seat_asks) {
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

TEST_F(AnswerAskTest, a_no_as_captain_is_no_no_as_a_hand) {
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

TEST_F(AnswerAskTest, who_declined_a_seat_that_they_were_named_for_is_not_asked_for_it) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("crew")});
  settle();
  change(trip,
         [](ChangeRequest& r) { r.change.crew = std::vector<domain::Slot>{slot("cleo", "crew")}; });
  settle();
  EXPECT_EQ(standing(trip), "ben taken; cleo withdrawn; dora taken");
  ASSERT_TRUE(says(trip, "cleo", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "dora", Answer::yes));
  settle();
  ASSERT_TRUE(says(trip, "dora", Answer::no));
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; cleo no; dora yes");
}

TEST_F(AnswerAskTest, who_declined_is_not_asked_when_the_owner_opens_their_seat) {
  const auto trip = seeking("2027-05-30T16:30", {slot("cleo", "crew")});
  settle();
  ASSERT_TRUE(says(trip, "cleo", Answer::no));
  change(trip, [](ChangeRequest& r) { r.change.crew = std::vector{open_seat("crew")}; });
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; cleo no; dora waiting");
  // Of another time they have said nothing.
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; cleo waiting; dora waiting");
}

TEST_F(AnswerAskTest, who_gives_up_a_seat_said_no_on_the_receipt_and_in_the_owners_mail) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  settle();
  be_at(clock.now() + base::minutes(10));
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  const auto said_at = std::chrono::floor<std::chrono::seconds>(clock.now());
  const auto line_of_eve = [&] {
    const auto all = value_of(receipt_of(owner(), world, trip.id)).call.asks;
    EXPECT_EQ(std::ranges::count(all, domain::MemberId("eve"),
                                 [](const AskStatus& one) { return one.ask.member; }),
              1);
    return all[0].ask;
  };
  EXPECT_EQ(line_of_eve().state, AskState::no);
  EXPECT_EQ(line_of_eve().ended_at, said_at);
  settle();
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  EXPECT_EQ(line_of_eve().state, AskState::no);
  EXPECT_EQ(line_of_eve().ended_at, said_at);
  for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
    if (job.kind == JobKind::owner_mail && job.planned_at >= said_at) {
      const std::string text = mail_of(job).part("text/plain").body;
      EXPECT_EQ(text.find("Eve Novak, captain: yes"), std::string::npos) << text;
      EXPECT_NE(text.find("Eve Novak, captain: no"), std::string::npos) << text;
    }
}

TEST_F(AnswerAskTest, who_does_not_say_which_trip_they_mean_means_it_as_it_is_now) {
  be_at(wall("2027-05-20T18:00"));
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  be_at(wall("2027-05-20T21:00"));
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  const auto stale = answer_call(operations(), world, mate(trip, "eve"), {Answer::yes, 1});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, asked_anew);
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  EXPECT_EQ(crew_of(trip), "captain eve");
}

TEST_F(AnswerAskTest, the_page_of_an_ask_says_whether_others_are_asked_too) {
  const auto page_of = [&](const domain::Charter& trip, const std::string& member) {
    return render_ask_page(
        value_of(ask_page(operations(), trip.id, domain::MemberId(member), clock.now())));
  };
  const auto one = seeking("2027-05-30T16:30", {open_seat("captain")});
  const auto all = seeking("2027-05-31T16:30", {open_seat("crew")});
  settle();
  EXPECT_NE(page_of(one, "eve").find("after that the next is"), std::string::npos);
  EXPECT_EQ(page_of(all, "dora").find("after that the next is"), std::string::npos);
  EXPECT_NE(page_of(all, "dora").find("and so are others"), std::string::npos);
  EXPECT_NE(page_of(one, "eve").find("href=\"/availability\""), std::string::npos);
}

TEST_F(AnswerAskTest, what_stands_in_the_way_is_said_in_words_for_who_answers) {
  using namespace std::chrono;
  const auto said_to = [&](const domain::Charter& trip, const std::string& member) {
    const auto refused = says(trip, member, Answer::yes);
    return refused ? "nothing" : refused.error().message;
  };
  const auto one = seeking("2027-05-30T16:30", {open_seat("captain"), open_seat("host")});
  settle();
  BookingRequest other = plain_request("2027-05-30T17:00", "skiff");
  other.booking.crew = {slot("eve", "captain")};
  booked(other);
  EXPECT_EQ(said_to(one, "eve"),
            "You are on another trip then: Sunday, 30 May 2027, 5:00 PM – 7:00 PM PDT");
  const auto next = seeking("2027-06-02T10:00", {open_seat("captain")});
  const auto last = seeking("2027-06-03T10:00", {open_seat("host")});
  settle();
  TenantFile file = call_file();
  file.tenant.call.roles[domain::captain_role].needs = {"licence"};
  file.tenant.members[4].credentials = {{"licence", 2027y / June / 1}};
  file.tenant.members[3].roles = {domain::Role("crew")};
  apply(file);
  EXPECT_EQ(said_to(next, "eve"),
            "Your licence lapses on Tuesday, 1 June 2027, before this trip ends");
  EXPECT_EQ(said_to(last, "dora"),
            "You are not down for the role host any more; ask " + file.tenant.name);
}

}  // namespace

}  // namespace app::testing
