// Whoever listens to the crew's topic: each member is written to once, however often it is heard.
#include "app/notify_crew.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using domain::JobState;

namespace {

class NotifyCrewTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
  }
  base::Result<void> notify(const std::string& charter) {
    // As it is wired where crew alone is served: without the books and without a topic.
    return notify_crew({installation, world, &mail_server, nullptr, nullptr},
                       {operations().tenant(), domain::CharterId(charter), 1},
                       [this] { return mails_left-- > 0; });
  }
  std::vector<domain::Job> mails() {
    std::vector<domain::Job> found;
    for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
      if (job.kind == domain::JobKind::crew_mail) found.push_back(job);
    return found;
  }
  domain::Charter trip;
  int mails_left = 100;  // for which there is time
};

}  // namespace

TEST_F(NotifyCrewTest, plans_and_sends_one_mail_to_each_member) {
  ASSERT_TRUE(notify(trip.id.text()));
  ASSERT_EQ(mails().size(), 3U);
  for (const domain::Job& mail : mails()) EXPECT_EQ(mail.state, JobState::done) << mail.to;
  EXPECT_EQ(mail_server.tries, 3);
}

TEST_F(NotifyCrewTest, heard_twice_it_writes_to_nobody_twice) {
  ASSERT_TRUE(notify(trip.id.text()));
  ASSERT_TRUE(notify(trip.id.text()));
  run_all();
  EXPECT_EQ(maildrop().size(), 4U) << "three of the crew, one guest";
  EXPECT_EQ(mails().size(), 3U);
}

TEST_F(NotifyCrewTest, what_no_time_is_left_for_stays_planned_and_due) {
  mails_left = 2;
  ASSERT_TRUE(notify(trip.id.text()));
  EXPECT_EQ(mail_server.tries, 2);
  const auto all = mails();
  EXPECT_EQ(std::ranges::count(all, JobState::planned, &domain::Job::state), 1);
  run_all();
  for (const domain::Job& mail : mails()) EXPECT_EQ(mail.state, JobState::done);
}

TEST_F(NotifyCrewTest, what_cannot_be_sent_stays_planned) {
  mail_server.refusal = base::unavailable("the mail service is away");
  ASSERT_TRUE(notify(trip.id.text()));
  for (const domain::Job& mail : mails()) {
    EXPECT_EQ(mail.state, JobState::planned);
    EXPECT_EQ(mail.attempts, 1);
  }
  mail_server.refusal.reset();
  clock.advance(std::chrono::minutes(1));
  ASSERT_TRUE(notify(trip.id.text()));
  for (const domain::Job& mail : mails()) EXPECT_EQ(mail.state, JobState::done);
}

TEST_F(NotifyCrewTest, a_charter_that_is_not_there_is_said_so) {
  for (const char* charter : {"jada.nobody", "tern.nobody", ""})
    EXPECT_EQ(notify(charter).error().kind, base::Kind::not_found) << charter;
}

}  // namespace app::testing
