// A crew member's yes or no.
#include "app/answer_call.h"

#include "app/crew_record.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Answer;

namespace {

class AnswerCallTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    forget_commits();
  }
  base::Result<void> answer(Answer answer, const std::string& member = "ana") {
    return answer_call(operations(), world, {{}, trip.id, domain::MemberId(member)}, {answer});
  }
  std::string answers() {
    std::string all;
    for (const auto& [member, given] : value_of(answers_of(operations(), trip.id)))
      all += member.text() + " " + std::string(domain::name_of(given.answer)) + "; ";
    return all;
  }
  domain::Job owners_mail() {
    for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
      if (job.kind == domain::JobKind::owner_mail) return job;
    ADD_FAILURE() << "the owner is not told";
    return {};
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(AnswerCallTest, is_a_record_of_its_own_and_the_charter_stands_still) {
  ASSERT_TRUE(answer(Answer::yes));
  const domain::Job told = owners_mail();
  const std::string mail = "{id}" + told.id.text().substr(trip.id.text().size());
  EXPECT_EQ(written_at_once(trip.id.text()),
            (Lines{"check jada/charter/{id} charter 1",
                   "put @due " + base::format_utc(told.due_at) + "/" + mail + " 0",
                   "put jada/charter/{id} answer/ana 0", "put jada/charter/{id} audit 0",
                   "put jada/charter/{id} job/" + mail + " 0"}));
  EXPECT_EQ(charter(trip.id.text()).revision, 1U);
}

TEST_F(AnswerCallTest, may_be_changed_and_the_last_one_stands) {
  ASSERT_TRUE(answer(Answer::yes));
  ASSERT_TRUE(answer(Answer::no, "ben"));
  ASSERT_TRUE(answer(Answer::no));
  EXPECT_EQ(answers(), "ana no; ben no; ");
}

TEST_F(AnswerCallTest, said_again_it_writes_nothing) {
  ASSERT_TRUE(answer(Answer::yes));
  const Lines before = dump();
  EXPECT_TRUE(answer(Answer::yes));
  EXPECT_EQ(dump(), before);
}

TEST_F(AnswerCallTest, to_an_unknown_or_foreign_charter_is_refused) {
  const auto to = [&](const std::string& id, const std::string& tenant) {
    return answer_call(operations(tenant), world,
                       {{}, domain::CharterId(id), domain::MemberId("ana")}, {Answer::yes});
  };
  EXPECT_TRUE(refuses([&] { return to("jada.nobody", "jada"); }, Kind::not_found));
  EXPECT_TRUE(refuses([&] { return to(trip.id.text(), "tern"); }, Kind::not_found));
}

}  // namespace app::testing
