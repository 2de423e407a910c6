// The call: who is asked for an open seat, when, and what their silence, no and yes come to.
#include "app/fill_seats.h"

#include "app/answer_ask.h"
#include "app/availability_record.h"
#include "app/list_at_risk.h"
#include "app/look_again.h"

#include "tests/app/call_fixture.h"

namespace app::testing {

using domain::Answer;
using domain::AskState;
using domain::JobKind;

namespace {

using FillSeatsTest = CallTest;

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
  // Nobody is left to ask as captain; so the hands are asked, all at once, and ben is one of them.
  EXPECT_EQ(standing(trip), "ana no; ben waiting; cleo waiting; dora waiting; eve silent");
  EXPECT_EQ(mails(trip, JobKind::owner_mail),
            (Lines{"Ana Reyes said no: JADA, Wed 10 Nov 2027, 4:30 PM PST",
                   "Nobody left to ask: JADA, Wed 10 Nov 2027, 4:30 PM PST"}));

  pass_until(wall("2027-11-07T16:00"));
  ASSERT_TRUE(says(trip, "eve", Answer::yes));  // late, and the seat is still open
  ASSERT_TRUE(says(trip, "dora", Answer::yes));
  settle();
  EXPECT_EQ(crew_of(trip), "captain eve, crew dora");
  EXPECT_EQ(open_seats(trip), 0U);
  EXPECT_EQ(standing(trip), "ana no; ben taken; cleo taken; dora yes; eve yes");
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
  EXPECT_EQ(all, "eve silent; eve no; ana yes; ");
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

TEST_F(FillSeatsTest, whom_a_crew_system_names_takes_the_open_seat) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(crew_with(trip.id, slot("ana", "captain")));
  settle();
  EXPECT_EQ(crew_of(trip), "captain ana");
  EXPECT_EQ(open_seats(trip), 0U);
  EXPECT_EQ(standing(trip), "eve taken");
}

// The same look that ends an ask asks for the other seat: one record a person.
TEST_F(FillSeatsTest, whose_seat_is_taken_is_asked_for_another_in_the_same_look) {
  TenantFile file = call_file();
  const domain::Role mate("mate");
  file.tenant.members[2].roles.insert(file.tenant.members[2].roles.end(), mate);
  file.tenant.members[3].roles.insert(file.tenant.members[3].roles.end(), mate);
  apply(file);
  const auto trip = seeking("2027-05-30T16:30", {open_seat("mate"), open_seat("crew")});
  settle();
  EXPECT_EQ(standing(trip), "cleo waiting; dora waiting");
  ASSERT_TRUE(says(trip, "dora", Answer::yes));
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; cleo waiting; dora yes");
  EXPECT_EQ(asks(trip)["cleo"].role, domain::Role("crew"));
  // The seat that she does not get is on the receipt, and not in a mail of its own.
  EXPECT_EQ(call_status(*value_of(seat_sight(operations(), trip.id)), clock.now()).asks.size(), 4U);
  for (const std::string& subject : mails(trip, JobKind::seat_ask))
    EXPECT_TRUE(subject.starts_with("Wanted")) << subject;
}

TEST_F(FillSeatsTest, a_captain_who_is_asked_as_a_hand_is_asked_as_captain_when_it_is_their_turn) {
  TenantFile file = call_file();
  file.tenant.members[4].roles.emplace_back("crew");  // eve
  apply(file);
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain"), open_seat("crew")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  EXPECT_EQ(standing(trip), "ana yes; ben waiting; cleo waiting; dora waiting; eve waiting");
  ASSERT_EQ(asks(trip)["ben"].role, domain::Role("crew"));
  ASSERT_TRUE(says(trip, "ana", Answer::no));
  settle();
  EXPECT_EQ(asks(trip)["ben"].role, domain::captain_role);
  EXPECT_EQ(asks(trip)["eve"].role, domain::Role("crew"));
  const auto kept = value_of(load_ask(operations(), trip.id, domain::MemberId("ben")));
  ASSERT_EQ(kept->value.earlier.size(), 1U);
  EXPECT_EQ(kept->value.earlier[0].state, AskState::withdrawn);
  for (const std::string& subject : mails(trip, JobKind::owner_mail))
    EXPECT_FALSE(subject.starts_with("Nobody left")) << subject;
  // His page was opened when he was asked as a hand.
  const auto as_hand = answer_call(operations(), world, mate(trip, "ben"),
                                   {Answer::yes, std::nullopt, domain::Role("crew")});
  ASSERT_FALSE(as_hand);
  EXPECT_EQ(as_hand.error().code, asked_anew);
  ASSERT_TRUE(answer_call(operations(), world, mate(trip, "ben"),
                          {Answer::yes, std::nullopt, domain::captain_role}));
  settle();
  EXPECT_EQ(crew_of(trip), "captain ben");
}

// Of two seats of one stage, each member is asked for one, and may be asked for the other yet.
TEST_F(FillSeatsTest, nobody_is_left_only_when_who_is_asked_for_another_seat_cannot_fill_it) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("crew"), open_seat("host")});
  settle();
  EXPECT_EQ(standing(trip), "ben waiting; cleo waiting; dora waiting");
  EXPECT_EQ(mails(trip, JobKind::owner_mail), Lines{});
  ASSERT_TRUE(says(trip, "dora", Answer::no));
  settle();
  EXPECT_EQ(asks(trip)["dora"].role, domain::Role("host"));
  ASSERT_TRUE(says(trip, "dora", Answer::no));
  settle();
  EXPECT_EQ(mails(trip, JobKind::owner_mail).size(), 3U);
}

TEST_F(FillSeatsTest, who_may_not_fill_the_seat_any_more_is_not_waited_for) {
  using namespace std::chrono;
  be_at(wall("2027-05-20T18:00"));
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_EQ(standing(trip), "eve waiting");
  TenantFile file = call_file();
  file.tenant.members.pop_back();  // eve
  apply(file);
  EXPECT_EQ(value_of(look_again(operations(), world)), 1U);
  settle();
  EXPECT_EQ(standing(trip), "ana waiting; eve withdrawn");
  file.tenant.call.roles[domain::captain_role] = {
      domain::AskMode::one, base::minutes(60), {"licence"}};
  file.tenant.members[1].credentials = {{"licence", 2027y / June / 30}};
  apply(file);
  value_of(look_again(operations(), world));
  settle();
  EXPECT_EQ(standing(trip), "ana withdrawn; ben waiting; eve withdrawn");
  pass_until(clock.now() + base::minutes(5));
  EXPECT_TRUE(mails(trip, JobKind::seat_ask).back().starts_with("No longer needed"));
}

TEST_F(FillSeatsTest, the_seat_of_who_has_left_the_file_is_open_once_the_trip_changes) {
  const auto trip = seeking("2027-05-30T16:30", {slot("cleo", "crew")});
  settle();
  ASSERT_TRUE(says(trip, "cleo", Answer::no));
  settle();
  TenantFile file = call_file();
  file.tenant.members.erase(file.tenant.members.begin() + 2);
  apply(file);
  change(trip, [](ChangeRequest& r) { r.change.starts_at = written("2027-05-31T10:00"); });
  pass_until(clock.now() + base::minutes(10));
  EXPECT_EQ(crew_of(trip), "");
  EXPECT_EQ(open_seats(trip), 1U);
  EXPECT_EQ(standing(trip), "ben waiting; cleo no; dora waiting");
  for (const domain::Artefact& one : value_of(receipt_of(owner(), world, trip.id)).artefacts)
    EXPECT_NE(one.state, domain::ArtefactState::stale) << one.to << ": " << one.reason;
}

// Whichever of the two vessels needs it longer.
TEST_F(FillSeatsTest, between_two_trips_of_one_person_is_the_longer_turnaround) {
  TenantFile file = call_file();
  for (domain::Vessel& vessel : file.tenant.vessels)
    vessel.turnaround_minutes = vessel.id == domain::VesselId("skiff") ? 180 : 0;
  apply(file);
  BookingRequest other = plain_request("2027-05-30T13:00", "skiff");
  other.booking.duration_minutes = 120;  // until 15:00
  other.booking.crew = {slot("eve", "captain")};
  const auto before = booked(other);
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  EXPECT_EQ(standing(trip), "ana waiting");
  // Whoever is free only later is refused, too.
  ASSERT_TRUE(says(before, "eve", Answer::no));
  ASSERT_TRUE(says(trip, "ana", Answer::no));
  settle();
  ASSERT_EQ(asks(trip)["eve"].state, AskState::waiting);
  ASSERT_TRUE(says(before, "eve", Answer::yes));
  const auto late = says(trip, "eve", Answer::yes);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "busy");
}

}  // namespace

}  // namespace app::testing
