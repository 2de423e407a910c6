// A call that somebody else hears is owed until they heard it.
#include "app/announce_call.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using domain::JobState;

namespace {

// Takes every message, and delivers those it is told to.
class FarTopic final : public ports::Topic {
 public:
  base::Result<Reach> announce(const ports::CrewAnnouncement& call) override {
    sent.push_back(call);
    return Reach::sent;
  }
  std::vector<ports::CrewAnnouncement> sent;
};

class AnnounceCallTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    call = domain::job_id_for(trip.id, domain::JobKind::crew_call, 1);
  }
  domain::Job run() {
    JobDesk far = desk();
    far.topic = &topic_far_away;
    EXPECT_TRUE(run_job(far, call));
    return job(call);
  }
  FarTopic topic_far_away;
  domain::Charter trip;
  domain::JobId call;
};

}  // namespace

TEST_F(AnnounceCallTest, is_done_when_everybody_was_called) {
  const domain::Job sent = run();
  EXPECT_EQ(sent.state, JobState::planned);
  EXPECT_EQ(sent.attempts, 0) << "nothing has failed";
  ASSERT_EQ(topic_far_away.sent.size(), 1U);
  ASSERT_TRUE(call_crew(operations(), world, topic_far_away.sent[0]));
  clock.advance(std::chrono::seconds(3));
  EXPECT_EQ(run().state, JobState::done);
  EXPECT_EQ(topic_far_away.sent.size(), 1U) << "it is not announced again";
}

TEST_F(AnnounceCallTest, is_announced_again_until_it_was_heard_and_the_owner_sees_why) {
  run();
  for (int i = 0; i < 3; ++i) {
    clock.advance(std::chrono::seconds(3));
    EXPECT_EQ(run().attempts, 0);
  }
  EXPECT_EQ(topic_far_away.sent.size(), 4U);
  clock.advance(std::chrono::minutes(1));
  const domain::Job late = run();
  EXPECT_EQ(late.attempts, 1);
  EXPECT_EQ(late.last_error, "Nobody has heard the crew's call yet");
  ASSERT_TRUE(call_crew(operations(), world, topic_far_away.sent.back()));
  clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(run().state, JobState::done);
}

TEST_F(AnnounceCallTest, a_call_that_nobody_ever_hears_fails_in_the_end) {
  for (int i = 0; i < 60 && job(call).state == JobState::planned; ++i) {
    run();
    clock.advance(std::chrono::minutes(10));
  }
  EXPECT_EQ(job(call).state, JobState::failed);
}

}  // namespace app::testing
