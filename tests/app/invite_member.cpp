// A personal link before any trip has called its reader.
#include "app/invite_member.h"

#include <fstream>
#include <sstream>

#include "app/pass_record.h"
#include "app/prove_pass.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

class InviteMemberTest : public VerbTest {
 protected:
  base::Result<domain::Job> invite(const std::string& member = "ana") {
    return invite_member(operations(), world, {domain::MemberId(member), "dashboard key 3f2a"});
  }
  std::string mail(const domain::JobId& id) const {
    std::ifstream file(folder() / "maildrop" / (id.text() + ".eml"));
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  base::Result<CrewMate> proved() {
    const auto roster = domain::roster_of(domain::TenantId("jada"));
    const auto pass = value_of(find_called(operations(), roster, domain::MemberId("ana")));
    const auto token = domain::token_for(world.server_key, domain::TenantId("jada"), *pass,
                                         domain::TokenUse::magic_link);
    return prove_pass(operations(), world, token, domain::TokenUse::magic_link);
  }
};

}  // namespace

TEST_F(InviteMemberTest, is_a_pass_of_the_roster_and_a_mail_in_one_commit) {
  const domain::Job job = value_of(invite());
  EXPECT_EQ(job.id.text(), "jada.roster.crew_mail.1.ana");
  ASSERT_EQ(commits().size(), 1U);
  EXPECT_EQ(value_of(invite()).id, job.id) << "it has not left yet";
  EXPECT_EQ(commits().size(), 1U);
  run_all();
  const std::string said = mail(job.id);
  EXPECT_NE(said.find("/c/"), std::string::npos) << said;
  EXPECT_EQ(said.find("text/calendar"), std::string::npos) << said;
  clock.advance(std::chrono::hours(500 * 24));
  EXPECT_EQ(value_of(proved()).member, domain::MemberId("ana")) << "no trip ends it";
  EXPECT_EQ(value_of(invite()).id.text(), "jada.roster.crew_mail.2.ana");
  run_all();
  EXPECT_TRUE(proved());
}

TEST_F(InviteMemberTest, refuses_who_is_not_there) {
  EXPECT_TRUE(refuses([&] { return invite("zoe"); }, base::Kind::not_found));
}

TEST_F(InviteMemberTest, ends_when_they_leave_and_a_mail_on_its_way_is_not_sent) {
  const domain::Job job = value_of(invite());
  TenantFile file = tenant_file();
  file.tenant.members.erase(file.tenant.members.begin());
  value_of(apply_tenant(installation, world, file));
  run_all();
  EXPECT_EQ(this->job(job.id).state, domain::JobState::stale);
  EXPECT_TRUE(maildrop().empty());
}

}  // namespace app::testing
