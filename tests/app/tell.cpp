// What people were told when not all of it is on record: a process that died after the mail had
// left, a mail that is late, a farewell that never left.
#include "app/tell.h"

#include "app/send_crew_mail.h"
#include "app/send_guest_mail.h"

#include "tests/app/change_fixture.h"

namespace app::testing {
namespace {

class TellTest : public ChangeTest {
 protected:
  domain::JobId id_of(const std::string& name) {
    return domain::JobId(trip.id.text() + "." + name);
  }
  domain::JobState run(const std::string& name) {
    EXPECT_TRUE(run_job(desk(), id_of(name)));
    return job(id_of(name)).state;
  }
  // The mail is out; of its job no more is known than that it was begun, as the next process has
  // it.
  void die_after_sending(const std::string& name) {
    const auto store = operations();
    const auto loaded = value_of(load_job(store, id_of(name)));
    ASSERT_TRUE(loaded) << name;
    domain::Job begun = loaded->value;
    begun.attempts += 1;
    const auto sent = begun.kind == domain::JobKind::guest_mail
                          ? send_guest_mail(store, desk(), begun)
                          : send_crew_mail(store, desk(), begun);
    ASSERT_EQ(value_of(sent).outcome, JobOutcome::done) << name;
    begun.due_at = clock.now();
    auto changes = store.changes();
    replan(changes, *loaded, begun);
    ASSERT_TRUE(store.commit(changes));
  }
  void burst_is_over() { clock.advance(domain::changes_gather + std::chrono::seconds(1)); }
  bool was_sent(const std::string& name) {
    const Lines sent = later_mails();
    return std::ranges::find(sent, name) != sent.end();
  }
};

}  // namespace

TEST_F(TellTest, who_may_have_heard_of_a_time_that_is_gone_again_hears_of_the_one_that_holds) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_due();
  burst_is_over();
  for (const char* name : {"crew_mail.2.ana", "guest_mail.2"}) die_after_sending(name);
  ASSERT_TRUE(move_to("2027-05-30T16:30"));
  run_all();
  for (const char* name : {"crew_mail.3.ana", "guest_mail.3"}) {
    const std::string text = mail(name).part("text/plain").body;
    EXPECT_NE(text.find("4:30 PM"), std::string::npos) << name;
    EXPECT_EQ(text.find("→"), std::string::npos) << "nobody knows from what";
    EXPECT_EQ(base::format_utc(invitation(mail(name)).starts), "2027-05-30T23:30:00Z") << name;
  }
  EXPECT_FALSE(was_sent("crew_mail.3.ben")) << "he never heard of the other";
}

TEST_F(TellTest, who_may_have_been_asked_hears_that_it_is_off) {
  BookingRequest other = booking_request();
  other.booking.reference = "LATER01";
  other.booking.starts_at = written("2027-06-05T16:30");
  trip = booked(other);
  run("crew_call.1");
  die_after_sending("crew_mail.1.ana");
  ASSERT_TRUE(cancel(domain::CancelCause::guest));
  // Whichever of the two comes first.
  run("crew_call.2");
  EXPECT_EQ(run("crew_mail.2.ana"), domain::JobState::done);
  EXPECT_EQ(invitation(mail("crew_mail.2.ana"), "CANCEL").status, "CANCELLED");
  run_all();
  EXPECT_EQ(job(id_of("crew_mail.1.ana")).state, domain::JobState::stale);
  EXPECT_EQ(later_mails(), (Lines{"crew_mail.1.ana", "crew_mail.2.ana"}));
}

TEST_F(TellTest, who_may_have_been_asked_and_left_is_told) {
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("dora", "host")}));
  run("crew_call.2");
  die_after_sending("crew_mail.2.dora");
  ASSERT_TRUE(crew_is({slot("ana", "captain")}));
  run_all();
  EXPECT_EQ(invitation(mail("crew_mail.3.dora"), "CANCEL").status, "CANCELLED");
}

TEST_F(TellTest, a_late_note_is_no_second_farewell) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run("crew_call.2");
  burst_is_over();
  ASSERT_TRUE(move_to("2027-05-30T14:30"));
  run("crew_call.3");
  EXPECT_EQ(run("crew_mail.3.ana"), domain::JobState::done);
  ASSERT_TRUE(crew_is({slot("ben", "captain"), slot("cleo", "crew")}));
  EXPECT_EQ(run("crew_mail.2.ana"), domain::JobState::stale);
  run_all();
  EXPECT_FALSE(was_sent("crew_mail.2.ana"));
  EXPECT_EQ(invitation(mail("crew_mail.4.ana"), "CANCEL").status, "CANCELLED");
}

TEST_F(TellTest, who_comes_back_before_the_farewell_left_gets_a_link_that_works) {
  const std::string first = token_of("cleo");
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew")}));
  run("crew_call.2");
  ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("ben", "crew"), slot("cleo", "crew")}));
  run_all();
  EXPECT_FALSE(opens(first));
  ASSERT_TRUE(was_sent("crew_mail.3.cleo"));
  EXPECT_FALSE(was_sent("crew_mail.2.cleo"));
  const std::string text = mail("crew_mail.3.cleo").part("text/plain").body;
  EXPECT_NE(text.find(token_of("cleo")), std::string::npos) << text;
}

TEST_F(TellTest, who_comes_back_to_a_trip_that_is_called_off_hears_that_it_is) {
  for (const bool farewell_first : {false, true}) {
    trip = booked(plain_request(farewell_first ? "2027-06-05T16:30" : "2027-06-04T16:30"));
    first_mails = maildrop();
    ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("dora", "host")}));
    run_all();
    ASSERT_TRUE(crew_is({slot("ana", "captain")}));
    run("crew_call.3");
    ASSERT_TRUE(crew_is({slot("ana", "captain"), slot("dora", "host")}));
    if (farewell_first) run("crew_mail.3.dora");
    ASSERT_TRUE(cancel(domain::CancelCause::guest));
    run_all();
    const std::string last = was_sent("crew_mail.3.dora") ? "crew_mail.3.dora" : "crew_mail.5.dora";
    EXPECT_EQ(invitation(mail(last), "CANCEL").status, "CANCELLED");
    EXPECT_FALSE(was_sent("crew_mail.3.dora") && was_sent("crew_mail.5.dora")) << "once";
  }
}

}  // namespace app::testing
