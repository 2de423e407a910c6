// Each member of the crew is called once, however often the call is heard.
#include "app/call_crew.h"

#include <set>
#include <thread>

#include "app/announce_call.h"
#include "app/pass_record.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class CallCrewTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    forget_commits();
  }
  base::Result<void> call(domain::Revision revision = 1) {
    return call_crew(operations(), world, {operations().tenant(), trip.id, revision});
  }
  Lines mails() {
    Lines ids;
    for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
      if (job.kind == domain::JobKind::crew_mail)
        ids.push_back(job.id.text().substr(trip.id.text().size()) + " to " + job.to);
    return ids;
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(CallCrewTest, owes_each_member_a_mail_and_a_pass_in_one_commit) {
  ASSERT_TRUE(call());
  EXPECT_EQ(mails(),
            (Lines{".crew_mail.1.ana to ana@crew.example", ".crew_mail.1.ben to ben@crew.example",
                   ".crew_mail.1.cleo to cleo@crew.example"}));
  EXPECT_EQ(commits().size(), 1U);
  std::set<domain::PassId> passes;
  for (const domain::Slot& slot : trip.crew) {
    const auto id = find_called(operations(), trip.id, slot.member).value();
    ASSERT_TRUE(id);
    EXPECT_EQ(id->text().size(), domain::pass_id_length);
    const auto pass = load_pass(operations(), *id).value();
    ASSERT_TRUE(pass);
    EXPECT_EQ(pass->value.charter, trip.id);
    EXPECT_EQ(pass->value.member, slot.member);
    passes.insert(*id);
  }
  EXPECT_EQ(passes.size(), 3U);
}

TEST_F(CallCrewTest, heard_again_it_calls_nobody) {
  ASSERT_TRUE(call());
  const Lines before = dump();
  EXPECT_TRUE(call());
  EXPECT_TRUE(call(2));
  EXPECT_EQ(dump(), before);
}

TEST_F(CallCrewTest, calls_those_who_joined_since) {
  ASSERT_TRUE(call());
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "host")));
  ASSERT_TRUE(call(2));
  const Lines all = mails();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all.back(), ".crew_mail.2.dora to dora@crew.example");
}

TEST_F(CallCrewTest, heard_many_times_at_once_it_calls_each_once) {
  std::vector<std::thread> listeners;
  for (int i = 0; i < 8; ++i) listeners.emplace_back([&] { EXPECT_TRUE(call()); });
  for (std::thread& listener : listeners) listener.join();
  EXPECT_EQ(mails().size(), 3U);
  EXPECT_EQ(commits().size(), 1U);
}

TEST_F(CallCrewTest, an_unknown_or_foreign_charter_is_not_found) {
  EXPECT_TRUE(refuses(
      [&] {
        return call_crew(operations(), world,
                         {operations().tenant(), domain::CharterId("jada.nobody"), 1});
      },
      Kind::not_found));
  EXPECT_TRUE(refuses(
      [&] { return call_crew(operations("tern"), world, {domain::TenantId("tern"), trip.id, 1}); },
      Kind::not_found));
}

TEST_F(CallCrewTest, the_job_is_done_when_the_topic_has_it) {
  const domain::Job announced = job(domain::job_id_for(trip.id, domain::JobKind::crew_call, 1));
  EXPECT_EQ(announce_call(operations(), desk(), announced).value(), JobOutcome::done);
  EXPECT_EQ(mails().size(), 3U);
}

TEST_F(CallCrewTest, the_job_is_not_done_when_the_topic_is_away) {
  adapters::LocalTopic away([](const ports::CrewAnnouncement& heard) -> base::Result<void> {
    EXPECT_EQ(heard.tenant.text(), "jada");
    EXPECT_EQ(heard.revision, 1U);
    return base::unavailable("the topic is away");
  });
  JobDesk desk_without = desk();
  desk_without.topic = &away;
  const domain::Job announced = job(domain::job_id_for(trip.id, domain::JobKind::crew_call, 1));
  const auto outcome = announce_call(operations(), desk_without, announced);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, Kind::unavailable);
}

}  // namespace app::testing
