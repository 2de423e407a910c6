// One member's call: rendered when it leaves, with a link that works, or not sent at all.
#include "app/send_crew_mail.h"

#include <fstream>
#include <sstream>

#include "app/pass_record.h"
#include "app/prove_pass.h"

#include "tests/app/verb_fixture.h"
#include "tests/base/mail_reader.h"

namespace app::testing {

using base::testing::ReadMail;

namespace {

class SendCrewMailTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    ASSERT_TRUE(run_job(desk(), domain::job_id_for(trip.id, domain::JobKind::crew_call, 1)));
    ana = domain::crew_mail_id_for(trip.id, 1, domain::MemberId("ana"));
  }
  base::Result<JobOutcome> send() {
    const auto sent = send_crew_mail(operations(), desk(), job(ana));
    if (!sent) return sent.error();
    return sent->outcome;
  }
  std::string bytes() {
    std::ifstream file(folder() / "maildrop" / (ana.text() + ".eml"), std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
  }
  // The token of the link in a text.
  static std::string token_in(const std::string& text) {
    const std::string before = "https://crew.jada.example/c/";
    const auto at = text.find(before);
    return at == std::string::npos ? "" : text.substr(at + before.size(), domain::token_length);
  }
  domain::Charter trip;
  domain::JobId ana;
};

}  // namespace

TEST_F(SendCrewMailTest, carries_the_trip_and_a_link_of_ones_own) {
  ASSERT_EQ(send().value(), JobOutcome::done);
  const ReadMail mail = base::testing::read_mail(bytes());
  EXPECT_TRUE(mail.defects.empty());
  EXPECT_EQ(mail.to, (std::pair<std::string, std::string>("Ana Reyes", "ana@crew.example")));
  EXPECT_EQ(mail.header("Message-ID"), "<" + ana.text() + "@ops.jada.example>");
  const std::string text = mail.part("text/plain").body;
  EXPECT_NE(text.find("Harbor Island, west dock"), std::string::npos);
  const auto mate = prove_pass(operations(), world, token_in(text), domain::TokenUse::magic_link);
  ASSERT_TRUE(mate);
  EXPECT_EQ(mate->member.text(), "ana");
  EXPECT_EQ(mate->charter, trip.id);
}

TEST_F(SendCrewMailTest, sent_again_it_is_the_same_mail_to_the_byte) {
  ASSERT_TRUE(send());
  const std::string first = bytes();
  clock.advance(std::chrono::hours(5));
  ASSERT_TRUE(send());
  EXPECT_EQ(bytes(), first);
  EXPECT_EQ(maildrop().size(), 1U);
}

TEST_F(SendCrewMailTest, tells_the_facts_of_the_moment_it_leaves) {
  renew(trip.id, [](domain::Charter& charter) {
    charter.facts_revision = 1;
    charter.dock = "Shelter Island";
  });
  ASSERT_EQ(send().value(), JobOutcome::done);
  const std::string text = base::testing::read_mail(bytes()).part("text/plain").body;
  EXPECT_NE(text.find("Shelter Island"), std::string::npos);
}

TEST_F(SendCrewMailTest, says_nothing_when_it_would_be_yesterdays_word) {
  struct Case {
    std::string what;
    std::function<void(domain::Charter&)> change;
  };
  const std::vector<Case> cases = {
      {"newer facts have a mail of their own", [](auto&) {}},
      {"she left the crew",
       [](auto& charter) {
         charter.facts_revision = 1;
         charter.crew.erase(charter.crew.begin());
       }},
  };
  for (const Case& one : cases) {
    renew(trip.id, one.change);
    EXPECT_EQ(send().value(), JobOutcome::stale) << one.what;
  }
  EXPECT_TRUE(maildrop().empty());
}

TEST_F(SendCrewMailTest, says_nothing_to_somebody_who_was_never_called) {
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "host")));
  domain::Job to_dora = job(ana);
  to_dora.member = domain::MemberId("dora");
  EXPECT_EQ(send_crew_mail(operations(), desk(), to_dora).value().outcome, JobOutcome::stale);
}

TEST_F(SendCrewMailTest, a_mail_server_that_is_away_is_an_error_and_no_outcome) {
  mail_server.refusal = base::unavailable("away");
  const auto sent = send();
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, base::Kind::unavailable);
}

}  // namespace app::testing
