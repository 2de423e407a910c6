// Who gets what when, as the owner sees it before it leaves.
#include "app/preview_messages.h"

#include "tests/app/reminders_fixture.h"

namespace app::testing {

namespace {

class PreviewMessages : public RemindersTest {
 protected:
  // "{kind} {hours} {to} {dock's clock} {state}", "quiet" where it moved.
  Lines preview(domain::JobState state = domain::JobState::planned) {
    Lines lines;
    for (const Message& one : value_of(messages_of(operations(), world, trip.id)))
      if (one.state == state)
        lines.push_back(std::string(domain::name_of(one.kind)) +
                        (one.before ? " " + std::to_string(one.before->count()) : "") + " " +
                        one.to + " " + base::format_wall(one.leaves.wall) +
                        (one.by_quiet ? " quiet" : ""));
    return lines;
  }
};

}  // namespace

TEST_F(PreviewMessages, has_what_left_and_what_is_ahead_in_order_of_time) {
  EXPECT_EQ(preview(domain::JobState::done).size(), 4U);
  ASSERT_TRUE(crew_is({slot("ana", "captain")}));
  run_all();
  EXPECT_EQ(preview(),
            (Lines{
                "crew_reminder 168 Ana Reyes <ana@crew.example> 2027-05-23T16:30",
                "guest_reminder 168 Dana Whitfield <dana@guest.example> 2027-05-23T16:30",
                "crew_reminder 24 Ana Reyes <ana@crew.example> 2027-05-29T16:30",
                "guest_reminder 24 Dana Whitfield <dana@guest.example> 2027-05-29T16:30",
                "crew_reminder 3 Ana Reyes <ana@crew.example> 2027-05-30T13:30",
                "guest_reminder 3 Dana Whitfield <dana@guest.example> 2027-05-30T13:30",
            }));
}

TEST_F(PreviewMessages, promises_what_then_happens) {
  ASSERT_TRUE(move_to("2027-05-30T09:30"));
  answers("ben", domain::Answer::no);
  run_all();
  const Lines promised = preview();
  EXPECT_EQ(promised.size(), 9U);
  EXPECT_EQ(promised.back(),
            "guest_reminder 3 Dana Whitfield <dana@guest.example> 2027-05-30T08:00 quiet");
  until("2027-05-31T12:00");
  EXPECT_EQ(preview(), Lines{});
  Lines left;
  for (const std::string& line : preview(domain::JobState::done))
    if (line.find("reminder") != line.npos) left.push_back(line);
  EXPECT_EQ(left, promised);
}

TEST_F(PreviewMessages, has_nothing_ahead_of_a_cancelled_trip) {
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  run_all();
  EXPECT_EQ(preview(), Lines{});
}

TEST_F(PreviewMessages, says_of_a_mail_that_waits_when_the_quiet_ends) {
  ASSERT_TRUE(move_to("2027-05-30T19:58"));
  until("2027-05-29T19:57");
  mail_server.refusal = base::unavailable("away");
  until("2027-05-29T20:05");
  const Lines waiting = preview();
  EXPECT_EQ(waiting.front(),
            "crew_reminder 24 Ana Reyes <ana@crew.example> 2027-05-30T08:00 quiet");
}

TEST_F(PreviewMessages, of_an_unknown_or_foreign_charter_there_are_none) {
  EXPECT_EQ(messages_of(operations(), world, domain::CharterId("jada.nobody")).error().kind,
            base::Kind::not_found);
  EXPECT_EQ(messages_of(operations("tern"), world, trip.id).error().kind, base::Kind::not_found);
}

}  // namespace app::testing
