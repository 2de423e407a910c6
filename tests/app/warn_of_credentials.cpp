// The owner hears of a credential once, in time, and not of one that was renewed.
#include "app/warn_of_credentials.h"

#include <fstream>
#include <sstream>

#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

// The fixture's day is 22 May 2027 at the dock; captains need a licence.
class WarnOfCredentialsTest : public VerbTest {
 protected:
  void apply_with(std::vector<domain::Credential> anas) {
    TenantFile file = tenant_file();
    file.tenant.call.roles[domain::captain_role].needs = {"licence"};
    file.tenant.members[0].credentials = std::move(anas);
    value_of(apply_tenant(installation, world, file));
  }
  static domain::Credential until(std::string_view text, const std::string& kind = "licence") {
    return {kind, *base::parse_date(text)};
  }
  std::size_t warn() {
    return value_of(warn_of_credentials(desk(), [] { return true; }));
  }
  static domain::JobId id_of(const std::string& last) {
    return domain::JobId("jada.roster.owner_mail.1.ana." + last);
  }
  std::string mail(const std::string& name) const {
    std::ifstream file(folder() / "maildrop" / name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
};

}  // namespace

TEST_F(WarnOfCredentialsTest, is_told_thirty_days_ahead_and_once) {
  apply_with({until("2027-06-22"), until("2029-01-31", "first-aid")});
  EXPECT_EQ(warn(), 0U) << "31 days ahead";
  clock.advance(std::chrono::hours(24));
  forget_commits();
  EXPECT_EQ(warn(), 1U);
  const Lines expected = {
      "check jada/tenant tenant 2",
      "put @due 2027-05-23T15:33:20Z/jada.roster.owner_mail.1.ana.licence.2027-06-22 0",
      "put jada/charter/jada.roster audit 0",
      "put jada/charter/jada.roster job/jada.roster.owner_mail.1.ana.licence.2027-06-22 0",
  };
  EXPECT_EQ(written_at_once("no charter"), expected);
  EXPECT_EQ(warn(), 0U);
  run_all();
  EXPECT_EQ(job(id_of("licence.2027-06-22")).state, domain::JobState::done);
  const std::string said = mail("jada.roster.owner_mail.1.ana.licence.2027-06-22.eml");
  EXPECT_NE(said.find("To: JADA Charters <owner@jada.example>"), std::string::npos) << said;
  EXPECT_NE(said.find("lapses on Tuesday, 22 June 2027"), std::string::npos) << said;
  EXPECT_EQ(said.find("text/calendar"), std::string::npos) << "no invitation";
  clock.advance(std::chrono::hours(31 * 24));
  EXPECT_EQ(warn(), 0U) << "nor when it has lapsed";
}

TEST_F(WarnOfCredentialsTest, the_day_turns_at_night) {
  apply_with({until("2027-06-22")});
  const auto at = base::resolve(written("2027-05-23T02:59"), "America/Los_Angeles");
  clock.advance(at.value().utc - clock.now());
  EXPECT_EQ(warn(), 0U);
  clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(warn(), 1U);
}

TEST_F(WarnOfCredentialsTest, one_that_has_lapsed_is_told_with_the_trips_after_it) {
  booked();
  apply_with({until("2027-05-01")});
  EXPECT_EQ(warn(), 1U);
  run_all();
  const std::string said = mail("jada.roster.owner_mail.1.ana.licence.2027-05-01.eml");
  EXPECT_NE(said.find("lapsed on Saturday, 1 May 2027"), std::string::npos) << said;
  EXPECT_NE(said.find("Sun 30 May 2027: Boatsetter charter for Dana"), std::string::npos) << said;
}

TEST_F(WarnOfCredentialsTest, of_one_that_is_renewed_before_the_mail_leaves_nobody_hears) {
  apply_with({until("2027-06-01")});
  EXPECT_EQ(warn(), 1U);
  apply_with({until("2029-06-01")});
  run_all();
  EXPECT_EQ(job(id_of("licence.2027-06-01")).state, domain::JobState::stale);
  EXPECT_TRUE(maildrop().empty());
  EXPECT_EQ(warn(), 0U);
}

TEST_F(WarnOfCredentialsTest, many_are_told_over_several_looks) {
  TenantFile file = tenant_file();
  for (domain::Member& member : file.tenant.members)
    for (char kind = 'a'; kind <= 'l'; ++kind)
      member.credentials.push_back(until("2027-06-01", std::string(1, kind)));
  value_of(apply_tenant(installation, world, file));
  EXPECT_EQ(warn(), 40U);
  EXPECT_EQ(warn(), 8U);
  EXPECT_EQ(warn(), 0U);
}

}  // namespace app::testing
