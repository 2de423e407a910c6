// I-26: two campaigns, 25 people, no mail: one was never started, one died without a trace. Here
// what should have left and did not stands on the receipt and among the messages, with its reason.
#include "app/preview_messages.h"

#include "tests/app/reminders_fixture.h"

namespace incidents {

using app::testing::Lines;
using app::testing::value_of;
using domain::JobState;

class MailsThatNeverLeft : public app::testing::RemindersTest {
 protected:
  // "{hours} {to} {state}: {reason}" of each reminder on the receipt that is not done.
  Lines open_on_the_receipt() {
    Lines lines;
    for (const auto& job : value_of(app::receipt_of(owner(), world, trip.id)).jobs)
      if (job.state != JobState::done)
        lines.push_back(job.about + " " + job.to + " " + std::string(domain::name_of(job.state)) +
                        ": " + job.last_error);
    return lines;
  }
  Lines messages_in(JobState state) {
    Lines lines;
    for (const app::Message& one : value_of(app::messages_of(operations(), world, trip.id)))
      if (one.state == state)
        lines.push_back(std::string(domain::name_of(one.kind)) + " " + one.to + ": " + one.reason);
    std::sort(lines.begin(), lines.end());
    return lines;
  }
};

TEST_F(MailsThatNeverLeft, what_a_mail_server_refused_is_seen) {
  until("2027-05-23T16:29");
  mail_server.refusal = base::denied("the mail consent has expired");
  until("2027-05-23T17:00");
  EXPECT_EQ(open_on_the_receipt(),
            (Lines{"168 ana@crew.example failed: the mail consent has expired",
                   "168 ben@crew.example failed: the mail consent has expired",
                   "168 cleo@crew.example failed: the mail consent has expired",
                   "168 dana@guest.example failed: the mail consent has expired"}));
  EXPECT_EQ(messages_in(JobState::failed),
            (Lines{"crew_reminder Ana Reyes <ana@crew.example>: the mail consent has expired",
                   "crew_reminder Ben Okafor <ben@crew.example>: the mail consent has expired",
                   "crew_reminder Cleo Lindgren <cleo@crew.example>: the mail consent has expired",
                   "guest_reminder Dana Whitfield <dana@guest.example>: the mail consent has "
                   "expired"}));
}

TEST_F(MailsThatNeverLeft, what_was_due_while_the_server_was_down_until_the_trip_is_seen) {
  until("2027-05-29T17:00");
  news();
  away_until("2027-05-30T17:00");
  until("2027-05-30T17:01");
  EXPECT_EQ(news(), Lines{});
  const std::string why = "Nobody looked when this was due, and by then the trip had begun";
  EXPECT_EQ(open_on_the_receipt(), (Lines{"3 crew failed: " + why, "3 guest failed: " + why}));
  EXPECT_EQ(messages_in(JobState::failed),
            (Lines{"crew_reminder crew: " + why, "guest_reminder guest: " + why}));
}

TEST_F(MailsThatNeverLeft, what_a_down_server_left_to_a_later_one_is_seen) {
  away_until("2027-05-29T18:00");
  until("2027-05-29T18:01");
  const std::string why = "Nobody looked when this was due; a later reminder says it";
  EXPECT_EQ(open_on_the_receipt(), (Lines{"168 crew stale: " + why, "168 guest stale: " + why}));
  EXPECT_EQ(news().size(), 4U) << "those of a day before";
}

// While nobody runs anything the list says that it is late, not that it will be on time.
TEST_F(MailsThatNeverLeft, what_is_late_is_planned_for_a_time_that_is_past) {
  away_until("2027-05-23T18:00");
  const auto messages = value_of(app::messages_of(operations(), world, trip.id));
  std::size_t late = 0;
  for (const app::Message& one : messages)
    if (one.state == JobState::planned && one.leaves.utc < clock.now()) ++late;
  EXPECT_EQ(late, 4U);
}

}  // namespace incidents
