// I-03: a captain, two mates and a host stood in prose in one person's mail and were copied by
// hand; the host came later, apart. Here assigning is the act, and the mail is what follows it.
#include "app/receipt.h"

#include "tests/app/verb_fixture.h"

namespace incidents {

using app::testing::value_of;

class CrewKnownOnlyFromMail : public app::testing::VerbTest {};

TEST_F(CrewKnownOnlyFromMail, a_host_who_comes_later_is_one_call_and_one_mail_more) {
  const auto trip = booked();
  run_all();
  const auto before = maildrop();
  ASSERT_TRUE(crew_with(trip.id, app::testing::slot("dora", "host")));
  run_all();
  const auto after = charter(trip.id.text());
  EXPECT_EQ(after.crew.size(), 4U);
  EXPECT_EQ(after.slug, trip.slug) << "the trip is the same one";
  auto mails = maildrop();
  for (const auto& name : before) std::erase(mails, name);
  EXPECT_EQ(mails, app::testing::Lines{trip.id.text() + ".crew_mail.2.dora.eml"})
      << "those who were told are not told again";
  for (const auto& job : value_of(app::receipt_of(operations(), world, trip.id)))
    EXPECT_EQ(job.state, domain::JobState::done);
}

}  // namespace incidents
