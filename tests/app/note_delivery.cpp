// What the mail service tells of a mail after it took it.
#include "app/note_delivery.h"

#include "app/replay_job.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::JobState;
using ports::DeliveryNotice;

namespace {

class NoteDeliveryTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    mail = domain::job_id_for(trip.id, domain::JobKind::guest_mail, 1);
  }
  DeliveryNotice bounce(std::string reason = "Permanent: 550 no such user") const {
    return {DeliveryNotice::Kind::bounced, mail.text(), "Dana@Guest.example", std::move(reason)};
  }
  base::Result<void> note(const DeliveryNotice& notice) {
    return note_delivery(installation, world, notice);
  }
  domain::Charter trip;
  domain::JobId mail;
};

}  // namespace

TEST_F(NoteDeliveryTest, a_mail_that_came_back_has_failed_and_can_be_sent_again) {
  run_all();
  ASSERT_EQ(job(mail).state, JobState::done);
  ASSERT_TRUE(note(bounce()));
  EXPECT_EQ(job(mail).state, JobState::failed);
  EXPECT_EQ(job(mail).last_error, "The mail came back: Permanent: 550 no such user");
  ASSERT_TRUE(replay_job(operations(), world, mail, "dashboard key 3f2a"));
  run_all();
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(job(mail).last_error, "");
}

TEST_F(NoteDeliveryTest, told_twice_it_stands_there_once) {
  run_all();
  ASSERT_TRUE(note(bounce()));
  forget_commits();
  ASSERT_TRUE(note(bounce()));
  EXPECT_TRUE(commits().empty());
}

TEST_F(NoteDeliveryTest, a_complaint_is_shown_and_the_mail_stays_done) {
  run_all();
  DeliveryNotice notice = bounce("abuse");
  notice.kind = DeliveryNotice::Kind::complained;
  ASSERT_TRUE(note(notice));
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(job(mail).last_error, "The recipient reported the mail as spam: abuse");
}

TEST_F(NoteDeliveryTest, a_mail_that_may_not_have_arrived_stays_done_and_says_so) {
  run_all();
  DeliveryNotice notice = bounce("Transient: mailbox full");
  notice.kind = DeliveryNotice::Kind::doubtful;
  ASSERT_TRUE(note(notice));
  EXPECT_EQ(job(mail).state, JobState::done);
  EXPECT_EQ(job(mail).last_error, "The mail may not have arrived: Transient: mailbox full");
}

TEST_F(NoteDeliveryTest, a_job_that_is_no_mail_cannot_come_back) {
  run_all();
  const domain::JobId page = domain::job_id_for(trip.id, domain::JobKind::guest_page, 1);
  DeliveryNotice notice = bounce();
  notice.mail = page.text();
  notice.recipient = job(page).to;
  EXPECT_EQ(note(notice).error().kind, Kind::not_found);
  EXPECT_EQ(job(page).state, JobState::done);
}

TEST_F(NoteDeliveryTest, a_mail_that_is_just_being_sent_is_told_of_again) {
  auto found = load_job(operations(), mail).value();
  domain::Job leased = found->value;
  leased.leased = true;
  auto changes = operations().changes();
  replan(changes, *found, leased);
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_EQ(note(bounce()).error().kind, Kind::unavailable);
}

TEST_F(NoteDeliveryTest, of_a_mail_nobody_sent_there_is_nothing_to_note) {
  run_all();
  forget_commits();
  DeliveryNotice other = bounce();
  other.recipient = "somebody@else.example";
  DeliveryNotice unknown = bounce();
  for (const std::string& id :
       {std::string(), std::string("nonsense"), "tern" + mail.text().substr(4), trip.id.text(),
        mail.text() + "9"}) {
    unknown.mail = id;
    EXPECT_EQ(note(unknown).error().kind, Kind::not_found) << id;
  }
  EXPECT_EQ(note(other).error().kind, Kind::not_found);
  EXPECT_TRUE(commits().empty());
  EXPECT_EQ(job(mail).state, JobState::done);
}

TEST_F(NoteDeliveryTest, a_long_reason_is_cut) {
  run_all();
  ASSERT_TRUE(note(bounce(std::string(10'000, 'x'))));
  EXPECT_LT(job(mail).last_error.size(), 400U);
}

}  // namespace app::testing
