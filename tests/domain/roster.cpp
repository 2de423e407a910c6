// Credentials on a day: good, soon no more, lapsed; and what is wanting for which role.
#include "domain/roster.h"

#include "tests/domain/example.h"

namespace domain::testing {

namespace {

std::chrono::year_month_day day(std::string_view text) {
  return *base::parse_date(text);
}

}  // namespace

TEST(Roster, a_credential_is_good_to_the_end_of_its_last_day) {
  const Credential licence{"licence", day("2027-06-30")};
  for (const auto& [today, state] :
       {std::pair("2027-05-30", "good"), std::pair("2027-05-31", "expires-soon"),
        std::pair("2027-06-30", "expires-soon"), std::pair("2027-07-01", "lapsed")})
    EXPECT_EQ(name_of(state_of(licence, day(today))), state) << today;
}

TEST(Roster, what_is_missing_is_said_for_each_role_that_needs_it) {
  Tenant tenant = example_tenant();
  tenant.call.roles[captain_role].needs = {"licence", "first-aid"};
  tenant.call.roles[Role("crew")].needs = {"first-aid"};
  Member& ana = tenant.members[0];
  ana.credentials = {{"licence", day("2027-06-30")}};
  using Missing = std::vector<MissingCredential>;
  EXPECT_EQ(missing_of(ana, tenant.call, day("2027-06-30")),
            (Missing{{captain_role, "first-aid"}, {Role("crew"), "first-aid"}}));
  EXPECT_EQ(missing_of(ana, tenant.call, day("2027-07-01")).front(),
            (MissingCredential{captain_role, "licence"}));
  EXPECT_EQ(missing_of(ana, CallRules(), day("2027-07-01")), Missing{});
  EXPECT_EQ(roles_that_need("first-aid", ana, tenant.call),
            (std::vector<Role>{captain_role, Role("crew")}));
  EXPECT_EQ(roles_that_need("radio", ana, tenant.call), std::vector<Role>{});
}

TEST(Roster, is_a_subject_of_jobs_and_no_charter) {
  const JobId id =
      credential_mail_id_for(TenantId("jada"), MemberId("ana"), {"first-aid", day("2027-06-30")});
  EXPECT_EQ(id.text(), "jada.roster.owner_mail.1.ana.first-aid.2027-06-30");
  EXPECT_EQ(kind_of(id), JobKind::owner_mail);
  EXPECT_EQ(charter_of(id), roster_of(TenantId("jada")));
  Job job;
  job.charter = CharterId("jada.roster");
  EXPECT_TRUE(is_of_roster(job));
  job.charter = CharterId("jada.7k3m2q");
  EXPECT_FALSE(is_of_roster(job));
}

}  // namespace domain::testing
