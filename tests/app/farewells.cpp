// Farewells: who is told that a trip goes on without them, in which words, when, and what they are
// told if they come back.
#include "app/call_crew.h"
#include "app/fill_seats.h"
#include "app/write_farewell_mail.h"

#include "tests/app/between.h"
#include "tests/app/call_fixture.h"
#include "tests/app/change_fixture.h"

namespace app::testing {

using domain::Answer;
using domain::JobKind;

namespace {

class FarewellTest : public ChangeTest {
 protected:
  base::Result<void> says(const std::string& member, Answer answer) {
    return answer_call(operations(), world, {{}, trip.id, domain::MemberId(member)}, {answer});
  }
  std::string text_of(const std::string& name) { return mail(name).part("text/plain").body; }
  base::Result<domain::Charter> cleo_is_replaced() {
    return crew_is({slot("ana", "captain"), slot("ben", "crew"), slot("dora", "crew")});
  }
};

TEST_F(FarewellTest, thanks_whoever_declined_and_does_not_send_them_away) {
  ASSERT_TRUE(says("cleo", Answer::no));
  ASSERT_TRUE(cleo_is_replaced());
  run_all();
  EXPECT_EQ(mail("crew_mail.2.cleo").header("Subject"),
            "Without you: JADA, Sun 30 May 2027, 4:30 PM PDT");
  EXPECT_EQ(count(text_of("crew_mail.2.cleo"), "please do not come"), 0U);
  EXPECT_EQ(count(text_of("crew_mail.2.cleo"), "Thank you for saying so"), 1U);
  EXPECT_EQ(invitation(mail("crew_mail.2.cleo"), "CANCEL").status, "CANCELLED");
}

TEST_F(FarewellTest, waits_for_the_rest_of_the_burst) {
  ASSERT_TRUE(cleo_is_replaced());
  while (run_due() > 0) {
  }
  EXPECT_EQ(later_mails(), Lines{"crew_mail.2.dora"});
  clock.advance(domain::changes_gather);
  run_due();
  EXPECT_TRUE(std::ranges::count(later_mails(), "crew_mail.2.cleo"));
}

TEST_F(FarewellTest, is_none_to_whoever_comes_back_before_it_left) {
  ASSERT_TRUE(cleo_is_replaced());
  while (run_due() > 0) {
  }
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew"), slot("cleo", "crew")}));
  run_all();
  EXPECT_FALSE(std::ranges::count(later_mails(), "crew_mail.2.cleo"));
  EXPECT_TRUE(mail("crew_mail.3.cleo").header("Subject").starts_with("Crew call"));
  EXPECT_TRUE(mail("crew_mail.3.dora").header("Subject").starts_with("Not needed"));
}

TEST_F(FarewellTest, has_no_name_for_whom_the_file_does_not_know_any_more) {
  ASSERT_TRUE(cleo_is_replaced());
  run_due();  // the call: it plans the mail
  TenantFile file = tenant_file();
  std::erase_if(file.tenant.members,
                [](const domain::Member& member) { return member.id.text() == "cleo"; });
  value_of(apply_tenant(installation, world, file));
  run_all();
  EXPECT_EQ(count(text_of("crew_mail.2.cleo"), "You are no longer needed on JADA"), 1U);
  EXPECT_EQ(mail("crew_mail.2.cleo").header("To").find("cleo <"), std::string::npos);
}

TEST_F(FarewellTest, of_a_guest_speaks_as_to_a_guest) {
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.guest.email = "erin@guest.example"; }));
  run_all();
  const auto event = invitation(mail("guest_mail.2.former"), "CANCEL");
  EXPECT_EQ(event.summary.find("Crew"), std::string::npos) << event.summary;
}

TEST_F(FarewellTest, goes_to_an_address_that_came_back_in_between_and_left_again) {
  const auto guest_writes_from = [&](const std::string& address) {
    ASSERT_TRUE(change([&](ChangeRequest& r) { r.change.guest.email = address; }));
  };
  guest_writes_from("");
  guest_writes_from("dana@guest.example");
  run_all();
  EXPECT_EQ(later_mails(), Lines{});
  guest_writes_from("erin@guest.example");
  run_all();
  EXPECT_TRUE(std::ranges::count(later_mails(), "guest_mail.4.former"));
}

// One captain, and a seat that is asked for.
class SeatAgainTest : public CallTest {
 protected:
  void SetUp() override {
    CallTest::SetUp();
    TenantFile file = call_file();
    file.tenant.members.resize(1);
    apply(file);
    trip = seeking("2027-05-30T16:30", {open_seat("captain")});
    settle();
  }
  void undo_the_yes() {
    const auto kept = value_of(load_ask(operations(), trip.id, domain::MemberId("ana")));
    value_of(undo_deed(operations(), world, {trip.id, kept->value.deed, "dashboard key 3f2a"}));
  }
  // The two that the undo owes, which run at the same time.
  base::Result<void> dismiss(const ports::TenantStore& store) {
    return call_crew(store, world,
                     {domain::TenantId("jada"), trip.id, charter(trip.id.text()).revision});
  }
  base::Result<JobResult> look(const ports::TenantStore& store) {
    const auto round = value_of(load_call(operations(), trip.id)).value.round;
    return fill_seats(store, world, job(domain::job_id_for(trip.id, JobKind::fill_seats, round)));
  }
  bool link_of_the_ask_works() {
    const domain::PassId pass = asks(trip)["ana"].pass;
    return value_of(load_pass(operations(), pass)).has_value();
  }
  void wait_for_the_burst() { pass_until(clock.now() + domain::changes_gather); }
  void cancel() {
    Cancellation request;
    request.meant = {trip.id, 0};
    request.cause = domain::CancelCause::weather;
    request.actor = "dashboard key 3f2a";
    value_of(cancel_charter(owner(), world, request));
  }
  // Sequences of what their calendar was sent.
  std::vector<int> sequences() const {
    std::vector<int> all;
    for (const domain::Job& job : value_of(jobs_of(operations(), trip.id))) {
      if (job.kind != JobKind::crew_mail || job.state != domain::JobState::done) continue;
      const auto calendar = base::testing::read_calendar(mail_of(job).part("text/calendar").body);
      all.push_back(calendar->events.at(0).sequence);
    }
    return all;
  }

  domain::Charter trip;
};

TEST_F(SeatAgainTest, who_takes_it_again_is_told_that_they_are_aboard) {
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  undo_the_yes();
  settle();
  wait_for_the_burst();
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  wait_for_the_burst();
  const Lines told = mails(trip, JobKind::crew_mail);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_TRUE(told[0].starts_with("You’re aboard")) << told[0];
  EXPECT_TRUE(told[1].starts_with("Asked anew")) << told[1];
  EXPECT_TRUE(told[2].starts_with("You’re aboard")) << told[2];
  // Each is newer for a calendar program than the one before, though no fact is (RFC 5546).
  const auto all = sequences();
  EXPECT_TRUE(std::ranges::is_sorted(all, std::less_equal{})) << all.size();
}

TEST_F(SeatAgainTest, at_once_they_hear_of_neither) {
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  undo_the_yes();
  settle();
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  settle();
  wait_for_the_burst();
  EXPECT_EQ(mails(trip, JobKind::crew_mail).size(), 1U);
}

TEST_F(SeatAgainTest, the_link_to_answer_by_outlives_the_dismissal_whichever_comes_first) {
  const domain::TenantId jada("jada");
  for (const bool look_comes_between : {true, false}) {
    ASSERT_TRUE(says(trip, "ana", Answer::yes));
    settle();
    undo_the_yes();
    Between between(store(), [&] {
      if (look_comes_between)
        value_of(look(operations()));
      else
        ASSERT_TRUE(dismiss(operations()));
    });
    const ports::TenantStore beside(between, jada);
    if (look_comes_between)
      ASSERT_TRUE(dismiss(beside));
    else
      value_of(look(beside));
    EXPECT_EQ(standing(trip), "ana waiting");
    EXPECT_TRUE(link_of_the_ask_works()) << look_comes_between;
    settle();
  }
}

TEST_F(SeatAgainTest, whoever_said_yes_and_got_no_mail_hears_of_the_cancellation) {
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  cancel();
  settle();
  const Lines told = mails(trip, JobKind::crew_mail);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].starts_with("Cancelled")) << told[0];
}

TEST_F(SeatAgainTest, or_that_the_trip_goes_on_without_them) {
  ASSERT_TRUE(says(trip, "ana", Answer::yes));
  change(trip, [](ChangeRequest& r) { r.change.crew = std::vector<domain::Slot>{}; });
  settle();
  wait_for_the_burst();
  const Lines told = mails(trip, JobKind::crew_mail);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].starts_with("Not needed")) << told[0];
}

}  // namespace
}  // namespace app::testing
