// A yes or a no that is undone: whose seat and whose time it is then, and until when it can be.
#include "app/undo_answer.h"

#include "app/audit_trail.h"

#include "tests/app/call_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Answer;
using domain::JobKind;

namespace {

using UndoAnswerTest = CallTest;

TEST_F(UndoAnswerTest, a_yes_that_a_scanner_gave_is_undone) {
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

TEST_F(UndoAnswerTest, a_no_that_is_undone_takes_the_time_again) {
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

TEST_F(UndoAnswerTest, an_undone_yes_takes_the_trip_out_of_the_calendar_and_asks_who_is_next) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  pass_until(asks(trip)["eve"].until);
  ASSERT_TRUE(says(trip, "eve", Answer::yes));  // late
  settle();
  const auto kept = value_of(load_ask(operations(), trip.id, domain::MemberId("eve")));
  value_of(undo_deed(operations(), world, {trip.id, kept->value.deed, "dashboard key 3f2a"}));
  settle();
  pass_until(clock.now() + domain::changes_gather);
  const Lines told = mails(trip, JobKind::crew_mail);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(told[0].starts_with("You’re aboard")) << told[0];
  EXPECT_TRUE(told[1].starts_with("Asked anew")) << told[1];
  // Which is she again, for captains are asked in their order.
  EXPECT_EQ(standing(trip), "ana taken; eve waiting");
}

TEST_F(UndoAnswerTest, an_undone_yes_to_a_trip_that_moved_does_not_stop_the_call) {
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

TEST_F(UndoAnswerTest, a_yes_is_undone_only_while_nothing_newer_has_changed_it) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  const auto yes = value_of(load_ask(operations(), trip.id, domain::MemberId("eve")))->value.deed;
  settle();
  const auto undo = [&](const domain::DeedId& deed) {
    return undo_deed(operations(), world, {trip.id, deed, "dashboard key 3f2a"});
  };
  const auto can_undo = [&] {
    for (const TrailEntry& one : value_of(audit_trail(owner(), trip.id, {})).entries)
      if (one.entry.id == yes) return one.undo == TrailEntry::Undo::possible;
    return false;
  };
  EXPECT_TRUE(can_undo());
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  const auto no = value_of(answers_of(operations(), trip.id)).at(domain::MemberId("eve")).deed;
  EXPECT_FALSE(can_undo());
  ASSERT_FALSE(undo(yes));
  EXPECT_EQ(undo(yes).error().code, changed_since);
  value_of(undo(no));
  EXPECT_TRUE(can_undo());
  ASSERT_TRUE(says(trip, "eve", Answer::no));
  settle();
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  EXPECT_FALSE(can_undo());
  EXPECT_EQ(undo(yes).error().code, changed_since);
  EXPECT_EQ(crew_of(trip), "captain ana");
}

TEST_F(UndoAnswerTest, a_yes_of_whom_the_owner_took_off_is_not_undone) {
  const auto trip = seeking("2027-05-30T16:30", {open_seat("captain")});
  settle();
  ASSERT_TRUE(says(trip, "eve", Answer::yes));
  const auto yes = value_of(load_ask(operations(), trip.id, domain::MemberId("eve")))->value.deed;
  change(trip, [](ChangeRequest& r) {
    r.change.crew = std::vector<domain::Slot>{slot("ben", "captain")};
  });
  const auto undone = undo_deed(operations(), world, {trip.id, yes, "dashboard key 3f2a"});
  ASSERT_FALSE(undone);
  EXPECT_EQ(undone.error().code, changed_since);
}

}  // namespace

}  // namespace app::testing
