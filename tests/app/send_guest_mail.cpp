// The guest's confirmation: never before the page that it links to.
#include "app/send_guest_mail.h"

#include <fstream>

#include "app/replay_job.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using domain::JobState;

namespace {

class SendGuestMailTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    BookingRequest request = booking_request();
    request.booking.crew.clear();
    trip = booked(request);
    page = domain::job_id_for(trip.id, domain::JobKind::guest_page, 1);
    mail = domain::job_id_for(trip.id, domain::JobKind::guest_mail, 1);
  }
  RunResult run(const domain::JobId& id) { return run_job(desk(), id).value(); }
  domain::Charter trip;
  domain::JobId page;
  domain::JobId mail;
};

}  // namespace

TEST_F(SendGuestMailTest, waits_for_its_page_without_using_up_tries) {
  for (int look = 0; look < 3 * domain::job_attempts_max; ++look) {
    ASSERT_EQ(run(mail), RunResult::ran);
    ASSERT_EQ(job(mail).state, JobState::planned);
    ASSERT_EQ(job(mail).attempts, 0);
    EXPECT_EQ(job(mail).last_error, "");
    EXPECT_EQ(run(mail), RunResult::not_due);
    clock.advance(domain::job_wait_for_page);
  }
  EXPECT_EQ(mail_server.tries, 0);
  ASSERT_EQ(run(page), RunResult::ran);
  ASSERT_EQ(run(mail), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(maildrop(), Lines{mail.text() + ".eml"});
}

TEST_F(SendGuestMailTest, a_page_that_failed_fails_it_too_and_both_can_be_replayed) {
  std::ofstream(folder() / "objects") << "a file where the folder should be";
  while (job(page).state == JobState::planned) {
    ASSERT_EQ(run(page), RunResult::ran);
    clock.advance(std::chrono::hours(2));  // longer than any wait
  }
  run_all();
  EXPECT_EQ(job(page).state, JobState::failed);
  EXPECT_EQ(job(mail).state, JobState::failed);
  EXPECT_EQ(job(mail).last_error, "The guest page is not published");
  EXPECT_EQ(mail_server.tries, 0);
  std::filesystem::remove(folder() / "objects");
  ASSERT_TRUE(replay_job(operations(), world, page, "owner"));
  ASSERT_TRUE(replay_job(operations(), world, mail, "owner"));
  run_all();
  EXPECT_EQ(job(mail).state, JobState::done);
}

TEST_F(SendGuestMailTest, is_dropped_when_overtaken_or_without_an_address) {
  renew(trip.id, [](domain::Charter&) {});
  ASSERT_EQ(run(mail), RunResult::ran);
  EXPECT_EQ(job(mail).state, JobState::stale);
  domain::Job again = job(mail);
  again.revision = 2;
  renew(trip.id, [](domain::Charter& charter) {
    charter.facts_revision = 2;
    charter.guest.email.clear();
  });
  EXPECT_EQ(send_guest_mail(operations(), desk(), again).value().outcome, JobOutcome::stale);
}

TEST_F(SendGuestMailTest, crew_that_joins_meanwhile_does_not_hold_it_up) {
  ASSERT_TRUE(crew_with(trip.id, slot("ana", "captain")));
  run_all();
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(maildrop().size(), 2U);
}

}  // namespace app::testing
