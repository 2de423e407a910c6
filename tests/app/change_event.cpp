// The same behind a service key: whoever keeps the crew's plan moves a trip and sees no money.
#include "app/change_event.h"

#include "app/books_record.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class ChangeEventTest : public ChangeTest {
 protected:
  base::Result<domain::Charter> event(const std::function<void(EventChange&)>& make,
                                      domain::Revision meant = 0) {
    EventChange request;
    request.meant = {trip.id, meant};
    request.actor = "service key 77aa";
    make(request);
    return change_event(operations(), world, request);
  }
  base::Result<domain::Charter> event_moves(domain::Revision meant = 0) {
    return event([](EventChange& r) { r.change.starts_at = written("2027-05-30T15:30"); }, meant);
  }
  base::Result<domain::Charter> event_off(domain::Revision meant = 0) {
    return cancel_event(operations(), world, {trip.id, meant}, "service key 77aa");
  }
};

}  // namespace

TEST_F(ChangeEventTest, writes_in_one_commit_and_names_no_record_of_the_owners) {
  ASSERT_TRUE(event_moves());
  ASSERT_TRUE(event_off());
  ASSERT_EQ(commits().size(), 2U);
  for (const auto& commit : commits())
    for (const ports::Change& change : commit)
      EXPECT_EQ(change.key.table, ports::Table::operations) << change.key.sort;
}

TEST_F(ChangeEventTest, everybody_is_told_and_the_books_follow) {
  ASSERT_TRUE(event([](EventChange& r) {
    r.change.duration_minutes = 240;
    r.change.crew = {{slot("ana", "captain"), slot("dora", "crew")}};
  }));
  run_all();
  EXPECT_EQ(later_mails(), (Lines{"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo",
                                  "crew_mail.2.dora", "guest_mail.2"}));
  const auto stored = value_of(owner().get(settlement_place(trip.id)));
  ASSERT_TRUE(stored);
  EXPECT_NE(stored->body.find(R"("revision":2)"), std::string::npos) << "on record";
  EXPECT_NE(stored->body.find(R"("net":"364.41")"), std::string::npos) << stored->body;
}

TEST_F(ChangeEventTest, the_books_are_right_before_their_job_has_run) {
  ASSERT_TRUE(event([](EventChange& r) { r.change.crew = {{slot("ana", "captain")}}; }));
  EXPECT_NE(settlement().find(R"("net":"539.41")"), std::string::npos) << settlement();
}

TEST_F(ChangeEventTest, what_the_owner_does_and_a_service_does_leave_the_same_charter) {
  ASSERT_TRUE(event_moves());
  const std::string by_service = encoded(charter());
  const auto first = trip;
  ASSERT_TRUE(event([](EventChange& r) { r.change.starts_at = written("2027-05-30T16:30"); }));
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  domain::Charter by_owner = charter();
  by_owner.revision = by_owner.facts_revision = 2;
  for (domain::Slot& one : by_owner.crew) one.asked = 2;
  EXPECT_EQ(encoded(by_owner), by_service);
}

TEST_F(ChangeEventTest, refuses_what_the_owners_verb_refuses_and_every_amount) {
  EXPECT_TRUE(
      refuses([&] { return event([](EventChange& r) { r.change.crew_notes = "It pays $840"; }); },
              Kind::invalid, "crew_notes"));
  ASSERT_TRUE(take(plain_request("2027-06-02T10:00")));
  EXPECT_TRUE(refuses(
      [&] {
        return event([](EventChange& r) { r.change.starts_at = written("2027-06-02T10:00"); });
      },
      Kind::conflict, "vessel"));
  ASSERT_TRUE(event_moves(1));
  EXPECT_TRUE(refuses([&] { return event_moves(1); }, Kind::conflict));
  EXPECT_TRUE(refuses([&] { return event_off(1); }, Kind::conflict));
  const Lines before = dump();
  EXPECT_TRUE(event_moves(2)) << "it is as it is asked to be";
  EXPECT_EQ(dump(), before);
}

TEST_F(ChangeEventTest, called_off_it_frees_the_slot_and_the_cause_is_the_operator) {
  ASSERT_TRUE(event_off(1));
  EXPECT_EQ(charter().cancel_cause, domain::CancelCause::operator_);
  EXPECT_EQ(busy("vessel/jada", "2027-05"), R"({"busy":[]})");
  run_all();
  EXPECT_EQ(later_mails(),
            (Lines{"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo", "guest_mail.2"}));
  EXPECT_TRUE(refuses([&] { return event_off(); }, Kind::conflict));
  EXPECT_TRUE(refuses([&] { return event_moves(); }, Kind::conflict));
}

TEST_F(ChangeEventTest, of_another_operator_is_not_found) {
  EventChange request;
  request.meant = {trip.id, 0};
  EXPECT_TRUE(
      refuses([&] { return change_event(operations("tern"), world, request); }, Kind::not_found));
  EXPECT_TRUE(
      refuses([&] { return cancel_event(operations("tern"), world, {trip.id, 0}, "service key"); },
              Kind::not_found));
}

}  // namespace app::testing
