// Names and ids of outside work, and how long it waits.
#include "domain/job.h"

#include <gtest/gtest.h>

#include "tests/domain/example.h"

namespace domain {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const CharterId charter("jada.7k3m2q");

TEST(Job, kinds_and_states_have_names) {
  testing::expect_names_round_trip<JobKind>({{JobKind::guest_page, "guest_page"},
                                             {JobKind::crew_call, "crew_call"},
                                             {JobKind::crew_mail, "crew_mail"},
                                             {JobKind::guest_mail, "guest_mail"},
                                             {JobKind::settle, "settle"}},
                                            job_kind_from);
  testing::expect_names_round_trip<JobState>({{JobState::planned, "planned"},
                                              {JobState::done, "done"},
                                              {JobState::failed, "failed"},
                                              {JobState::stale, "stale"}},
                                             job_state_from);
}

// The id is what makes a job that is planned twice one job.
TEST(Job, ids_are_made_of_what_they_are_for) {
  EXPECT_EQ(job_id_for(charter, JobKind::guest_page, 1).text(), "jada.7k3m2q.guest_page.1");
  EXPECT_EQ(job_id_for(charter, JobKind::settle, 12).text(), "jada.7k3m2q.settle.12");
  EXPECT_EQ(crew_mail_id_for(charter, 2, MemberId("ana")).text(), "jada.7k3m2q.crew_mail.2.ana");
  EXPECT_NE(crew_mail_id_for(charter, 1, MemberId("ana")),
            crew_mail_id_for(charter, 1, MemberId("ben")));
  EXPECT_NE(job_id_for(charter, JobKind::guest_page, 1),
            job_id_for(charter, JobKind::guest_page, 2));
}

TEST(Job, an_id_says_its_kind) {
  for (JobKind kind : {JobKind::guest_page, JobKind::crew_call, JobKind::crew_mail,
                       JobKind::guest_mail, JobKind::settle})
    EXPECT_EQ(kind_of(job_id_for(charter, kind, 3)), kind);
  EXPECT_EQ(kind_of(crew_mail_id_for(charter, 2, MemberId("ana"))), JobKind::crew_mail);
  for (const char* text : {"", "jada", "jada.7k3m2q", "jada.7k3m2q.guest_page",
                           "jada.7k3m2q.party.1", "jada.7k3m2q..1", "guest_page.1.2.3"})
    EXPECT_EQ(kind_of(JobId(text)), std::nullopt) << text;
}

struct Wait {
  int attempts;
  milliseconds shortest;
};

TEST(Job, waits_double_up_to_an_hour) {
  const Wait cases[] = {
      {1, seconds(2)},   {2, seconds(4)},     {3, seconds(8)},  {4, seconds(16)},
      {8, seconds(256)}, {11, seconds(2048)}, {12, hours(1)},   {13, hours(1)},
      {1000, hours(1)},  {0, seconds(2)},     {-5, seconds(2)},
  };
  for (const Wait& one : cases) {
    EXPECT_EQ(backoff_after(one.attempts, 0), one.shortest) << one.attempts;
    EXPECT_EQ(backoff_after(one.attempts, 255), one.shortest + one.shortest / 4) << one.attempts;
  }
  EXPECT_LT(backoff_after(3, 10), backoff_after(3, 200));
}

}  // namespace
}  // namespace domain
