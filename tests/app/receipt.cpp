// Everything a charter caused, before, while and after it happens.
#include "app/receipt.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

class ReceiptTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
  }
  // "kind to whom state", sorted.
  Lines receipt() {
    Lines lines;
    for (const domain::Job& job : value_of(receipt_of(operations(), world, trip.id)))
      lines.push_back(std::string(domain::name_of(job.kind)) + " to " + job.to + " " +
                      std::string(domain::name_of(job.state)));
    std::sort(lines.begin(), lines.end());
    return lines;
  }
  static Lines all_in_state(const std::string& state) {
    return {"crew_call to crew " + state,
            "crew_mail to ana@crew.example " + state,
            "crew_mail to ben@crew.example " + state,
            "crew_mail to cleo@crew.example " + state,
            "guest_mail to dana@guest.example " + state,
            "guest_page to boatsetter-may-30.html " + state};
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(ReceiptTest, names_each_mail_before_the_call_went_out) {
  EXPECT_EQ(receipt(), all_in_state("planned"));
  std::set<domain::JobId> promised;
  for (const auto& job : value_of(receipt_of(operations(), world, trip.id)))
    promised.insert(job.id);
  run_all();
  std::set<domain::JobId> kept;
  for (const auto& job : value_of(receipt_of(operations(), world, trip.id))) kept.insert(job.id);
  EXPECT_EQ(kept, promised) << "what was promised is what there is, by the same ids";
  EXPECT_EQ(receipt(), all_in_state("done"));
}

TEST_F(ReceiptTest, lists_a_mail_once_when_only_the_call_went_out) {
  ASSERT_TRUE(run_job(desk(), domain::job_id_for(trip.id, domain::JobKind::crew_call, 1)));
  Lines expected = all_in_state("planned");
  expected[0] = "crew_call to crew done";
  EXPECT_EQ(receipt(), expected);
}

TEST_F(ReceiptTest, a_call_that_nobody_heard_yet_keeps_its_mails_planned) {
  adapters::LocalTopic slow([](const ports::CrewAnnouncement&) { return base::ok(); });
  JobDesk with_slow_topic = desk();
  with_slow_topic.topic = &slow;
  ASSERT_TRUE(run_job(with_slow_topic, domain::job_id_for(trip.id, domain::JobKind::crew_call, 1)));
  Lines expected = all_in_state("planned");
  expected[0] = "crew_call to crew done";
  EXPECT_EQ(receipt(), expected);
}

TEST_F(ReceiptTest, grows_with_the_crew) {
  run_all();
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "host")));
  Lines expected = all_in_state("done");
  for (const char* more : {"crew_call to crew planned", "crew_mail to dora@crew.example planned",
                           "settle to books planned"})
    expected.emplace_back(more);
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(receipt(), expected);
}

TEST_F(ReceiptTest, an_unknown_or_foreign_charter_has_none) {
  EXPECT_EQ(receipt_of(operations(), world, domain::CharterId("jada.nobody")).error().kind,
            base::Kind::not_found);
  EXPECT_EQ(receipt_of(operations("tern"), world, trip.id).error().kind, base::Kind::not_found);
}

}  // namespace app::testing
