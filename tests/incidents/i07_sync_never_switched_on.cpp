// I-07: scheduled work was written, deployed and never started: a one-time set-up call was missing,
// and for weeks nobody knew. Here work runs with the server, and what did not succeed is to be
// seen.
#include "app/receipt.h"

#include "transports/ticker.h"

#include "tests/app/verb_fixture.h"

namespace incidents {

using app::testing::value_of;

class SyncNeverSwitchedOn : public app::testing::VerbTest {
 protected:
  bool all_in_state(const domain::CharterId& trip, domain::JobState state) {
    for (const auto& job : value_of(app::receipt_of(operations(), world, trip)))
      if (job.state != state) return false;
    return true;
  }
};

TEST_F(SyncNeverSwitchedOn, a_fresh_server_does_the_work_with_no_further_act) {
  auto request = app::testing::booking_request();
  request.booking.guest.email.clear();  // its mail would wait for a clock that stands still
  const auto trip = booked(request);
  const app::JobDesk work = desk();
  transports::Ticker ticker(work, {});
  ticker.start();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!all_in_state(trip.id, domain::JobState::done)) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(maildrop().size(), 3U);
}

TEST_F(SyncNeverSwitchedOn, what_failed_stands_on_the_receipt_with_its_reason) {
  const auto trip = booked();
  mail_server.refusal = base::denied("the mail consent has expired");
  run_all();
  int failed = 0;
  for (const auto& job : value_of(app::receipt_of(operations(), world, trip.id))) {
    const bool is_mail =
        job.kind == domain::JobKind::crew_mail || job.kind == domain::JobKind::guest_mail;
    EXPECT_EQ(job.state, is_mail ? domain::JobState::failed : domain::JobState::done);
    if (!is_mail) continue;
    ++failed;
    EXPECT_EQ(job.last_error, "the mail consent has expired");
  }
  EXPECT_EQ(failed, 4);
}

}  // namespace incidents
