// From the booking to the last reminder, on a store of its own: who is reminded, when, and who is
// not.
#include "app/plan_reminders.h"

#include "base/text.h"

#include "app/reminder_jobs.h"

#include "tests/app/reminders_fixture.h"

namespace app::testing {

namespace {

class PlanReminders : public RemindersTest {
 protected:
  domain::Job look() {
    for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
      if (job.kind == domain::JobKind::reminders && job.state == domain::JobState::planned)
        return job;
    ADD_FAILURE() << "no look is planned";
    return {};
  }
  std::size_t looks_planned() {
    std::size_t count = 0;
    for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
      if (job.kind == domain::JobKind::reminders && job.state == domain::JobState::planned) ++count;
    return count;
  }
  void rules_are(const domain::ReminderRules& rules) {
    TenantFile file = tenant_file();
    file.tenant.reminders = rules;
    ASSERT_TRUE(apply_tenant(installation, world, file));
  }
  static Lines all_at(const std::string& revision, const std::string& hours) {
    return {"crew_reminder." + revision + "." + hours + ".ana",
            "crew_reminder." + revision + "." + hours + ".ben",
            "crew_reminder." + revision + "." + hours + ".cleo",
            "guest_reminder." + revision + "." + hours};
  }
};

}  // namespace

TEST_F(PlanReminders, each_leaves_in_its_time_to_everybody) {
  until("2027-05-23T16:29");
  EXPECT_EQ(news(), Lines{});
  until("2027-05-23T16:31");
  EXPECT_EQ(news(), all_at("1", "168"));
  until("2027-05-29T16:29");
  EXPECT_EQ(news(), Lines{});
  until("2027-05-29T16:31");
  EXPECT_EQ(news(), all_at("1", "24"));
  until("2027-05-30T13:29");
  EXPECT_EQ(news(), Lines{});
  until("2027-05-30T13:31");
  EXPECT_EQ(news(), all_at("1", "3"));
  until("2027-06-02T12:00");
  EXPECT_EQ(news(), Lines{});
  EXPECT_FALSE(next_due(desk()).value()) << "after the trip nobody looks any more";
}

TEST_F(PlanReminders, one_look_is_planned_at_a_time_and_the_receipt_is_done_meanwhile) {
  const auto is_all_done = [&] {
    for (const domain::Job& job : value_of(receipt_of(owner(), world, trip.id)).jobs)
      if (job.state != domain::JobState::done) return false;
    return true;
  };
  EXPECT_TRUE(is_all_done());
  EXPECT_EQ(looks_planned(), 1U);
  until("2027-05-24T12:00");
  EXPECT_TRUE(is_all_done());
  EXPECT_EQ(looks_planned(), 1U);
  EXPECT_EQ(look().id.text(), trip.id.text() + ".reminders.1.2");
  ASSERT_TRUE(move_to("2027-06-05T16:30"));
  EXPECT_EQ(looks_planned(), 2U) << "the old one finds that it is stale";
  until("2027-05-26T12:00");
  EXPECT_EQ(looks_planned(), 1U);
  EXPECT_EQ(look().id.text(), trip.id.text() + ".reminders.2");
}

TEST_F(PlanReminders, a_look_that_runs_twice_plans_nothing_twice) {
  away_until("2027-05-23T16:30");
  const domain::Job due = look();
  EXPECT_EQ(value_of(plan_reminders(operations(), world, due)).outcome, JobOutcome::done);
  const auto once = dump();
  EXPECT_EQ(value_of(plan_reminders(operations(), world, due)).outcome, JobOutcome::done);
  EXPECT_EQ(dump(), once);
  until("2027-05-23T17:00");
  EXPECT_EQ(news(), all_at("1", "168"));
}

TEST_F(PlanReminders, who_said_no_and_who_left_are_not_reminded) {
  answers("ben", domain::Answer::no);
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew")}));
  until("2027-05-23T16:31");
  Lines left = news();
  std::erase_if(left, [](const std::string& name) { return name.find("reminder") == name.npos; });
  EXPECT_EQ(left, (Lines{"crew_reminder.2.168.ana", "guest_reminder.2.168"}));
}

TEST_F(PlanReminders, who_comes_aboard_later_is_reminded_from_then_on) {
  until("2027-05-24T12:00");
  news();
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "host")));
  until("2027-05-24T13:00");
  EXPECT_EQ(news(), Lines{"crew_mail.2.dora"});
  until("2027-05-29T17:00");
  EXPECT_EQ(news().size(), 5U);
  EXPECT_EQ(job_named("crew_reminder.1.24.dora").state, domain::JobState::done);
}

TEST_F(PlanReminders, a_trip_that_moves_takes_its_reminders_along) {
  ASSERT_TRUE(move_to("2027-06-01T10:00"));
  until("2027-05-25T09:59");
  news();
  until("2027-05-25T10:01");
  EXPECT_EQ(news(), all_at("2", "168"));
  until("2027-05-31T10:01");
  EXPECT_EQ(news(), all_at("2", "24"));
}

TEST_F(PlanReminders, who_was_reminded_just_now_is_not_reminded_of_the_same_again) {
  until("2027-05-29T16:31");
  news();
  ASSERT_TRUE(move_to("2027-05-30T17:00"));
  until("2027-05-29T17:01");
  EXPECT_EQ(news(),
            (Lines{"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo", "guest_mail.2"}));
  until("2027-05-30T14:01");
  EXPECT_EQ(news(), all_at("2", "3"));
}

TEST_F(PlanReminders, a_cancelled_trip_reminds_nobody) {
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  until("2027-05-23T16:00");
  news();
  until("2027-06-02T12:00");
  EXPECT_EQ(news(), Lines{});
  EXPECT_FALSE(next_due(desk()).value());
}

TEST_F(PlanReminders, a_trip_that_is_booked_late_has_only_what_is_ahead) {
  until("2027-05-29T17:00");
  trip = booked(plain_request("2027-05-31T10:00"));
  until("2027-05-30T09:59");
  news();
  auto request = plain_request("2027-05-31T14:00", "skiff");
  request.booking.guest = {"Eli Berg", "eli@guest.example", "", 2};
  trip = booked(request);
  until("2027-05-30T13:59");
  news();
  until("2027-05-30T14:01");
  EXPECT_EQ(news(), Lines{"guest_reminder.1.24"});
  until("2027-05-31T12:00");
  EXPECT_EQ(news(), Lines{"guest_reminder.1.3"});
}

TEST_F(PlanReminders, rules_that_are_others_hold_within_a_day) {
  domain::ReminderRules rules;
  rules.crew = {std::chrono::hours(96)};
  rules.guest.clear();
  rules_are(rules);
  until("2027-05-26T16:29");
  EXPECT_EQ(news(), Lines{});
  until("2027-05-26T16:31");
  EXPECT_EQ(news(),
            (Lines{"crew_reminder.1.96.ana", "crew_reminder.1.96.ben", "crew_reminder.1.96.cleo"}));
}

TEST_F(PlanReminders, rules_that_were_none_are_found_out_about) {
  domain::ReminderRules none;
  none.crew.clear();
  none.guest.clear();
  rules_are(none);
  until("2027-05-28T12:00");
  EXPECT_EQ(news(), Lines{});
  EXPECT_EQ(looks_planned(), 1U);
  rules_are({});
  until("2027-05-29T17:00");
  EXPECT_EQ(news(), all_at("1", "24"));
}

TEST_F(PlanReminders, of_what_was_missed_the_nearest_leaves_and_the_others_stand_there) {
  away_until("2027-05-29T18:00");
  until("2027-05-29T18:01");
  EXPECT_EQ(news(), all_at("1", "24"));
  const domain::Job missed = job_named("crew_reminder.1.168.missed");
  EXPECT_EQ(missed.state, domain::JobState::stale);
  EXPECT_EQ(missed.last_error, "Nobody looked when this was due; a later reminder says it");
  EXPECT_EQ(job_named("guest_reminder.1.168.missed").state, domain::JobState::stale);
}

TEST_F(PlanReminders, an_event_of_the_crews_calendar_has_them_too) {
  const auto made = value_of(make(event_request("2027-06-08T16:30")));
  trip = charter(made.body);
  until("2027-06-07T16:29");
  news();
  until("2027-06-07T16:31");
  EXPECT_EQ(news(), Lines{"crew_reminder.1.24.ana"});
}

TEST_F(PlanReminders, the_mail_follows_the_one_that_told_of_the_trip) {
  until("2027-05-29T17:00");
  const auto seen = mail("crew_reminder.1.24.ana");
  // So long that it stands on a line of its own.
  EXPECT_EQ(base::trimmed(seen.header("Message-ID")),
            "<" + trip.id.text() + ".crew_reminder.1.24.ana@ops.jada.example>");
  EXPECT_EQ(seen.header("In-Reply-To"),
            "<" + trip.id.text() + ".crew_mail.1.ana@ops.jada.example>");
  EXPECT_EQ(mail("guest_reminder.1.24").header("In-Reply-To"),
            "<" + trip.id.text() + ".guest_mail.1@ops.jada.example>");
}

TEST_F(PlanReminders, the_weather_stands_in_one_of_them) {
  until("2027-05-30T14:00");
  EXPECT_NE(text_of("crew_reminder.1.24.ana").find("Weather for your hours"), std::string::npos);
  EXPECT_EQ(text_of("crew_reminder.1.168.ana").find("Weather"), std::string::npos);
  EXPECT_EQ(text_of("crew_reminder.1.3.ana").find("Weather"), std::string::npos);
  EXPECT_EQ(text_of("guest_reminder.1.24").find("Weather"), std::string::npos);
}

TEST_F(PlanReminders, an_answer_between_is_in_the_mail) {
  answers("ana", domain::Answer::yes);
  until("2027-05-29T17:00");
  EXPECT_NE(text_of("crew_reminder.1.24.ana").find("You are aboard as captain"), std::string::npos);
  EXPECT_NE(text_of("crew_reminder.1.24.ben").find("Please say yes or no"), std::string::npos);
}

TEST_F(PlanReminders, a_mail_that_is_away_for_a_while_is_tried_again) {
  until("2027-05-29T16:29");
  news();
  mail_server.refusal = base::unavailable("away");
  until("2027-05-29T16:31");
  EXPECT_EQ(news(), Lines{});
  mail_server.refusal.reset();
  until("2027-05-29T16:40");
  EXPECT_EQ(news(), all_at("1", "24"));
}

}  // namespace app::testing
