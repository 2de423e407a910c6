// Jobs: claimed by one, tried again with patience, given up at last, and dropped when overtaken.
#include "app/run_job.h"

#include <thread>

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Job;
using domain::JobId;
using domain::JobState;
using std::chrono::seconds;

namespace {

struct RunnerDied {};

class Line final : public JobLine {
 public:
  explicit Line(std::vector<JobId> jobs) : jobs_(std::move(jobs)) {}
  std::optional<JobId> next() override {
    return at_ < jobs_.size() ? std::optional(jobs_[at_++]) : std::nullopt;
  }
  void ended(const JobId& job) override { ended_jobs.push_back(job); }

  std::vector<JobId> ended_jobs;

 private:
  std::vector<JobId> jobs_;
  std::size_t at_ = 0;
};

// A trip with one member of crew, whose mail is the job to run: the clock is at its due time.
class RunJobTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    mail = mail_of_new_event("2027-06-01T10:00");
    forget_commits();
  }
  // The books are done and the call is out: the mail is what is left.
  JobId mail_of_new_event(const std::string& starts_at) {
    auto made = make(event_request(starts_at));
    EXPECT_TRUE(made);
    trip = charter(made->body);
    for (const domain::JobKind kind : {domain::JobKind::settle, domain::JobKind::crew_call})
      EXPECT_EQ(run_job(desk(), domain::job_id_for(trip.id, kind, 1)).value(), RunResult::ran);
    return domain::crew_mail_id_for(trip.id, 1, domain::MemberId("ana"));
  }
  RunResult run() { return run_job(desk(), mail).value(); }
  bool is_due_indexed() {
    for (const std::string& line : dump())
      if (line.find("@due/") != std::string::npos && line.find(mail.text()) != std::string::npos)
        return true;
    return false;
  }
  base::Instant now_in_seconds() { return std::chrono::floor<seconds>(clock.now()); }

  domain::Charter trip;
  JobId mail;
};

}  // namespace

TEST_F(RunJobTest, a_job_that_went_well_is_done_and_no_longer_due) {
  EXPECT_EQ(run(), RunResult::ran);
  const Job done = job(mail);
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.attempts, 1);
  EXPECT_EQ(done.finished_at, now_in_seconds());
  EXPECT_EQ(done.last_error, "");
  EXPECT_FALSE(is_due_indexed());
  EXPECT_EQ(commits().size(), 2U) << "the claim and the result";
  EXPECT_EQ(maildrop(), Lines{mail.text() + ".eml"});
  EXPECT_EQ(run(), RunResult::not_due);
  EXPECT_EQ(mail_server.tries, 1);
}

TEST_F(RunJobTest, the_claim_is_durable_before_the_world_hears_of_it) {
  mail_server.meanwhile = [&] {
    const Job leased = job(mail);
    EXPECT_EQ(leased.state, JobState::planned);
    EXPECT_EQ(leased.attempts, 1);
    EXPECT_EQ(leased.due_at, now_in_seconds() + domain::job_lease);
    EXPECT_EQ(run(), RunResult::not_due) << "a second runner comes while the first is at it";
  };
  EXPECT_EQ(run(), RunResult::ran);
  EXPECT_EQ(mail_server.tries, 1);
}

TEST_F(RunJobTest, of_many_runners_one_has_the_claim) {
  std::atomic<int> ran = 0;
  std::vector<std::thread> runners;
  for (int i = 0; i < 8; ++i)
    runners.emplace_back([&] {
      if (run() == RunResult::ran) ++ran;
    });
  for (std::thread& runner : runners) runner.join();
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(mail_server.tries, 1);
}

TEST_F(RunJobTest, tries_again_after_longer_and_longer_waits_and_then_fails) {
  mail_server.refusal = base::unavailable("the mail server is away");
  for (int attempt = 1; attempt < domain::job_attempts_max; ++attempt) {
    ASSERT_EQ(run(), RunResult::ran);
    const Job planned = job(mail);
    ASSERT_EQ(planned.state, JobState::planned);
    EXPECT_EQ(planned.attempts, attempt);
    EXPECT_EQ(planned.last_error, "the mail server is away");
    const auto wait = planned.due_at - now_in_seconds();
    EXPECT_GE(wait, seconds(1 << attempt));
    EXPECT_LE(wait, seconds(1 << attempt) + std::chrono::milliseconds(250 << attempt));
    EXPECT_EQ(run(), RunResult::not_due);
    clock.advance(wait);
  }
  ASSERT_EQ(run(), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::failed);
  EXPECT_EQ(job(mail).last_error, "the mail server is away");
  EXPECT_EQ(mail_server.tries, domain::job_attempts_max);
  EXPECT_FALSE(is_due_indexed());
}

TEST_F(RunJobTest, waits_differ_by_chance) {
  std::set<std::chrono::milliseconds> waits;
  for (int byte = 0; byte < 256; ++byte)
    waits.insert(domain::backoff_after(4, static_cast<unsigned char>(byte)));
  EXPECT_EQ(*waits.begin(), seconds(16));
  EXPECT_EQ(*waits.rbegin(), seconds(20));
  EXPECT_GT(waits.size(), 200U);
  EXPECT_LE(domain::backoff_after(1'000'000, 255), std::chrono::minutes(75));
}

TEST_F(RunJobTest, gives_up_at_once_what_no_other_try_would_change) {
  struct Case {
    Kind kind;
    JobState state;
  };
  int day = 10;
  for (const Case& one :
       {Case{Kind::invalid, JobState::failed}, Case{Kind::denied, JobState::failed},
        Case{Kind::not_found, JobState::failed}, Case{Kind::unavailable, JobState::planned},
        Case{Kind::internal, JobState::planned}, Case{Kind::limited, JobState::planned},
        Case{Kind::conflict, JobState::planned}}) {
    mail_server.refusal.reset();
    mail = mail_of_new_event("2027-06-" + std::to_string(day++) + "T10:00");
    mail_server.refusal = base::Error{one.kind, "refused"};
    EXPECT_EQ(run(), RunResult::ran);
    EXPECT_EQ(job(mail).state, one.state) << static_cast<int>(one.kind);
  }
}

TEST_F(RunJobTest, drops_what_newer_facts_have_overtaken) {
  renew(trip.id, [](domain::Charter& charter) { charter.dock = "Shelter Island"; });
  EXPECT_EQ(run(), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::stale);
  EXPECT_FALSE(is_due_indexed());
  EXPECT_EQ(mail_server.tries, 0);
}

TEST_F(RunJobTest, a_runner_that_dies_leaves_the_job_due_when_its_lease_ends) {
  mail_server.meanwhile = [] { throw RunnerDied(); };
  EXPECT_THROW(run(), RunnerDied);
  mail_server.meanwhile = nullptr;
  clock.advance(domain::job_lease - seconds(1));
  EXPECT_EQ(run(), RunResult::not_due);
  clock.advance(seconds(1));
  EXPECT_EQ(due_jobs(desk(), 64).value(), std::vector<JobId>{mail});
  EXPECT_EQ(run(), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(job(mail).attempts, 2);
}

TEST_F(RunJobTest, the_next_process_need_not_wait_for_the_lease_of_a_dead_one) {
  mail_server.meanwhile = [] { throw RunnerDied(); };
  EXPECT_THROW(run(), RunnerDied);
  mail_server.meanwhile = nullptr;
  const JobId retried = mail_of_new_event("2027-06-02T10:00");
  mail_server.refusal = base::unavailable("the mail server is away");
  EXPECT_EQ(run_job(desk(), retried).value(), RunResult::ran);
  mail_server.refusal.reset();

  EXPECT_EQ(free_leases(desk(), 64).value(), 1U);
  EXPECT_EQ(due_jobs(desk(), 64).value(), std::vector<JobId>{mail}) << "a retry keeps its time";
  EXPECT_EQ(free_leases(desk(), 64).value(), 0U);
  EXPECT_EQ(run(), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(job(mail).attempts, 2) << "the try that killed its runner counts";
}

TEST_F(RunJobTest, a_job_that_each_runner_dies_of_is_failed_after_its_limit) {
  mail_server.meanwhile = [] { throw RunnerDied(); };
  for (int attempt = 1; attempt <= domain::job_attempts_max; ++attempt) {
    EXPECT_THROW(run(), RunnerDied);
    clock.advance(domain::job_lease);
  }
  EXPECT_EQ(run(), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::failed);
  EXPECT_EQ(mail_server.tries, domain::job_attempts_max);
}

TEST_F(RunJobTest, a_runner_that_outlived_its_lease_does_not_write_over_the_next_one) {
  bool first = true;
  mail_server.meanwhile = [&] {
    if (!std::exchange(first, false)) return;
    clock.advance(domain::job_lease);
    EXPECT_EQ(run(), RunResult::ran) << "the next runner takes over, and is done";
    mail_server.refusal = base::unavailable("too late");
  };
  EXPECT_EQ(run(), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(job(mail).attempts, 2);
  EXPECT_EQ(job(mail).last_error, "");
}

TEST_F(RunJobTest, the_commit_that_ends_one_job_claims_the_next) {
  const JobId second = mail_of_new_event("2027-06-02T10:00");
  const JobId third = mail_of_new_event("2027-06-03T10:00");
  forget_commits();
  Line line({mail, second, third});
  mail_server.meanwhile = [&] {
    for (const JobId& next : {second, third})
      EXPECT_LE(job(next).attempts, mail_server.tries - 1) << "none is claimed while others wait";
  };
  run_jobs(desk(), line);
  EXPECT_EQ(commits().size(), 4U) << "the first claim, and each end";
  EXPECT_EQ(line.ended_jobs, (std::vector<JobId>{mail, second, third}));
  for (const JobId& id : line.ended_jobs) {
    EXPECT_EQ(job(id).state, JobState::done);
    EXPECT_EQ(job(id).attempts, 1);
  }
  EXPECT_EQ(mail_server.tries, 3);
}

TEST_F(RunJobTest, a_next_job_that_another_runner_has_does_not_hold_up_the_end_of_this_one) {
  const JobId second = mail_of_new_event("2027-06-02T10:00");
  const JobId third = mail_of_new_event("2027-06-03T10:00");
  Line line({mail, second, JobId("jada.x.bad.1"), JobId("nonsense"), third});
  bool first = true;
  mail_server.meanwhile = [&] {
    if (!std::exchange(first, false)) return;
    EXPECT_EQ(run_job(desk(), second).value(), RunResult::ran);
  };
  run_jobs(desk(), line);
  for (const JobId& id : {mail, second, third}) {
    EXPECT_EQ(job(id).state, JobState::done);
    EXPECT_EQ(job(id).attempts, 1);
  }
  EXPECT_EQ(mail_server.tries, 3);
  EXPECT_EQ(line.ended_jobs.size(), 5U);
}

TEST_F(RunJobTest, what_fails_is_planned_again_and_the_next_one_runs) {
  const JobId second = mail_of_new_event("2027-06-02T10:00");
  mail_server.refusal = base::unavailable("the mail server is away");
  Line line({mail, second});
  run_jobs(desk(), line);
  for (const JobId& id : {mail, second}) {
    EXPECT_EQ(job(id).state, JobState::planned);
    EXPECT_EQ(job(id).attempts, 1);
    EXPECT_FALSE(job(id).leased);
  }
}

TEST_F(RunJobTest, ids_that_name_no_job_run_nothing) {
  const Lines before = dump();
  for (const std::string id : {"jada.nobody.crew_mail.1.ana", "gull.x.settle.1", "jada.x.bad.1"})
    EXPECT_EQ(run_job(desk(), JobId(id)).value(), RunResult::not_due) << id;
  for (const std::string id : {"", "nonsense"})
    EXPECT_EQ(run_job(desk(), JobId(id)).error().kind, Kind::not_found) << id;
  EXPECT_EQ(dump(), before);
}

}  // namespace app::testing
