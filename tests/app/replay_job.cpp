// One job once more, as the owner asks for it.
#include "app/replay_job.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::JobState;

namespace {

class ReplayJobTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    page = domain::job_id_for(trip.id, domain::JobKind::guest_page, 1);
    mail = domain::job_id_for(trip.id, domain::JobKind::guest_mail, 1);
  }
  base::Result<domain::Job> replay(const domain::JobId& id, const std::string& tenant = "jada") {
    return replay_job(operations(tenant), world, id, "dashboard key 3f2a");
  }
  domain::Charter trip;
  domain::JobId page;
  domain::JobId mail;
};

}  // namespace

TEST_F(ReplayJobTest, a_job_that_is_done_is_planned_anew_and_runs) {
  ASSERT_TRUE(run_job(desk(), page));  // first, so that the mail need not wait
  run_all();
  forget_commits();
  const auto again = replay(mail);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->state, JobState::planned);
  EXPECT_EQ(again->attempts, 0);
  EXPECT_FALSE(again->finished_at);
  const std::string due = base::format_utc(clock.now());
  EXPECT_EQ(written_at_once(trip.id.text()),
            (Lines{"put @due " + due + "/{id}.guest_mail.1 0", "put jada/charter/{id} audit 0",
                   "put jada/charter/{id} job/{id}.guest_mail.1 3"}));
  const Lines before = maildrop();
  const int tries = mail_server.tries;
  run_all();
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(mail_server.tries, tries + 1);
  EXPECT_EQ(maildrop(), before) << "the same mail, under the same name";
}

TEST_F(ReplayJobTest, a_failed_job_gets_all_its_tries_again) {
  mail_server.refusal = base::invalid("recipient", "no such mailbox");
  run_all();
  ASSERT_EQ(job(mail).state, JobState::failed);
  mail_server.refusal.reset();
  ASSERT_TRUE(replay(mail));
  EXPECT_EQ(job(mail).last_error, "");
  run_all();
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(job(mail).attempts, 1);
}

TEST_F(ReplayJobTest, refuses_what_is_planned_unknown_or_foreign) {
  EXPECT_TRUE(refuses([&] { return replay(page); }, Kind::conflict));
  run_all();
  for (const std::string id : {"", "nonsense", "jada.nobody.settle.1", "gull.x.settle.1"})
    EXPECT_TRUE(refuses([&] { return replay(domain::JobId(id)); }, Kind::not_found)) << id;
  EXPECT_TRUE(refuses([&] { return replay(page, "tern"); }, Kind::not_found));
}

}  // namespace app::testing
