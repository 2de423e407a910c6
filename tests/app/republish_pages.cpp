// What an operator says of themselves stands on every page that is still read.
#include "app/republish_pages.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using domain::JobState;

namespace {

class RepublishPagesTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    page = domain::job_id_for(trip.id, domain::JobKind::guest_page, 1);
  }
  std::size_t republished(const std::string& tenant = "jada") {
    return value_of(republish_pages(operations(tenant), world, "command line"));
  }
  std::string published() {
    const auto object = objects.get({operations().tenant(), trip.slug.text() + ".html"}).value();
    return object ? object->bytes : "";
  }
  domain::Charter trip;
  domain::JobId page;
};

}  // namespace

TEST_F(RepublishPagesTest, a_page_says_what_the_operators_file_says_now) {
  run_all();
  ASSERT_EQ(published().find("Ring twice"), std::string::npos);
  TenantFile file = tenant_file("jada");
  file.tenant.vessels[0].arrival_note = "Ring twice";
  ASSERT_TRUE(apply_tenant(installation, world, file));
  EXPECT_EQ(republished(), 1U);
  EXPECT_EQ(republished(), 0U) << "it is planned already";
  const int mails = mail_server.tries;
  run_all();
  EXPECT_NE(published().find("Ring twice"), std::string::npos);
  EXPECT_EQ(mail_server.tries, mails) << "nobody is written to";
}

TEST_F(RepublishPagesTest, pages_that_nobody_reads_any_more_stay_as_they_were) {
  run_all();
  clock.advance(trip.ends.utc + domain::page_lives_after_end + std::chrono::hours(1) - clock.now());
  EXPECT_EQ(republished(), 0U);
  EXPECT_EQ(job(page).state, JobState::done);
}

TEST_F(RepublishPagesTest, another_operators_pages_are_left_alone) {
  run_all();
  EXPECT_EQ(republished("tern"), 0U);
  EXPECT_EQ(job(page).state, JobState::done);
}

}  // namespace app::testing
