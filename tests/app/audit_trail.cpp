// The trail of a charter: what was done, by whom, before and after.
#include "app/audit_trail.h"

#include "app/answer_call.h"
#include "app/presign_photo.h"
#include "app/receive_photo.h"
#include "app/replay_job.h"
#include "app/tick_item.h"
#include "app/undo_deed.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Answer;

namespace {

class AuditTrailTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    clock.advance(std::chrono::milliseconds(20));
  }
  AuditTrail trail(const domain::DeedId& after = {}) {
    return value_of(audit_trail(owner(), trip.id, after));
  }
  void answer(Answer answer, const std::string& member = "ana") {
    ASSERT_TRUE(
        answer_call(operations(), world, {{}, trip.id, domain::MemberId(member)}, {answer}));
    clock.advance(std::chrono::milliseconds(1));
  }
  // "crew ana answer_call {before} {after}" of the newest, or of the one so many before it.
  std::string said(std::size_t back = 0) {
    const auto all = trail().entries;
    const Deed deed = all.at(all.size() - 1 - back).entry.deed;
    return deed.actor + " " + deed.verb + " " + base::to_text(deed.before) + " " +
           base::to_text(deed.after);
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(AuditTrailTest, says_of_each_deed_who_did_it_and_what_it_changed) {
  answer(Answer::yes);
  EXPECT_EQ(said(), R"(crew ana answer_call {"answer":"none"} {"answer":"yes"})");
  answer(Answer::no);
  EXPECT_EQ(said(), R"(crew ana answer_call {"answer":"yes"} {"answer":"no"})");
  ASSERT_TRUE(
      tick_item(operations(), world, {{}, trip.id, domain::MemberId("ben")}, "d1", Done::yes));
  EXPECT_EQ(said(), R"(crew ben tick_item {"done":false} {"done":true,"by":"ben"})");
  clock.advance(std::chrono::milliseconds(1));
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "host")));
  EXPECT_EQ(said(), R"(service key 77aa make_event {"crew":[{"member":"ana","role":"captain"},)"
                    R"({"member":"ben","role":"crew"},{"member":"cleo","role":"crew"}]} )"
                    R"({"crew":[{"member":"ana","role":"captain"},{"member":"ben","role":"crew"},)"
                    R"({"member":"cleo","role":"crew"},{"member":"dora","role":"host"}]})");
}

TEST_F(AuditTrailTest, of_a_replay_has_only_what_it_changed) {
  run_all();
  const auto page = domain::job_id_for(trip.id, domain::JobKind::guest_page, 1);
  const domain::Job before = job(page);
  clock.advance(std::chrono::seconds(7));
  ASSERT_TRUE(replay_job(operations(), world, page, "dashboard key 3f2a"));
  const std::string due = base::format_utc(before.due_at);
  const std::string finished = base::format_utc(*before.finished_at);
  EXPECT_EQ(said(), R"(dashboard key 3f2a replay_job {"state":"done","attempts":1,"due_at":")" +
                        due + R"(","finished_at":")" + finished +
                        R"("} {"state":"planned","attempts":0,"due_at":")" +
                        base::format_utc(clock.now()) + R"("})");
}

TEST_F(AuditTrailTest, of_a_photo_has_no_word_of_its_sender) {
  const PhotoRequest request{"boatsetter-may-30",
                             domain::guest_key_for(world.server_key, trip.id, 0),
                             "Dana on deck.jpg",
                             "image/jpeg",
                             900,
                             {}};
  const auto asked = presign_photo(operations(), world, request);
  ASSERT_TRUE(asked) << asked.error().message;
  EXPECT_EQ(said(), R"(guest presign_photo {} {"state":"pending"})");
  clock.advance(std::chrono::milliseconds(1));
  ASSERT_TRUE(receive_photo(operations(), world, domain::photo_key(asked->photo), 700));
  EXPECT_EQ(said(), R"(guest receive_photo {"state":"pending","bytes":900} )"
                    R"({"state":"received","bytes":700})");
  for (const TrailEntry& one : trail().entries)
    EXPECT_EQ(encoded(one.entry).find("deck"), std::string::npos);
}

TEST_F(AuditTrailTest, says_what_can_still_be_undone) {
  answer(Answer::yes);
  answer(Answer::no);
  answer(Answer::yes, "ben");
  const auto possible = [&] {
    std::string all;
    for (const TrailEntry& one : trail().entries)
      all += one.undo == TrailEntry::Undo::possible ? "y" : "-";
    return all;
  };
  EXPECT_EQ(possible(), "--yy") << "the booking, a yes overtaken, a no, and another's yes";
  const auto no = trail().entries.at(2).entry.id;
  ASSERT_TRUE(undo_deed(operations(), world, {trip.id, no, "dashboard key 3f2a"}));
  EXPECT_EQ(possible(), "-y-y-") << "the yes stands again";
}

TEST_F(AuditTrailTest, has_the_amounts_for_the_owner_alone) {
  const TrailEntry booking = trail().entries.at(0);
  EXPECT_EQ(booking.entry.deed.verb, "take_booking");
  EXPECT_NE(base::to_text(booking.amounts).find("840.75"), std::string::npos);
  for (const ports::Stored& stored : value_of(operations().scan(
           charter_partition(trip.id), ports::starting_with(std::string(audit_prefix)), 10)))
    EXPECT_EQ(stored.body.find("840.75"), std::string::npos) << stored.body;
  answer(Answer::yes);
  EXPECT_TRUE(trail().entries.at(1).amounts.empty());
}

TEST_F(AuditTrailTest, comes_in_pages_each_deed_once_and_oldest_first) {
  const std::size_t deeds = 2 * deeds_per_page;
  for (std::size_t i = 1; i < deeds; ++i) answer(i % 2 ? Answer::yes : Answer::no);
  std::vector<domain::DeedId> ids;
  AuditTrail page = trail();
  EXPECT_EQ(page.entries.size(), deeds_per_page);
  ASSERT_TRUE(page.next);
  for (;;) {
    for (const TrailEntry& one : page.entries) ids.push_back(one.entry.id);
    if (!page.next || ids.size() > deeds) break;
    page = trail(*page.next);
  }
  EXPECT_EQ(ids.size(), deeds);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), deeds);
  EXPECT_TRUE(trail(ids.back()).entries.empty());
}

// As a version before this one kept it.
TEST_F(AuditTrailTest, reads_an_entry_of_the_form_before) {
  auto changes = operations().changes();
  changes.put({charter_partition(trip.id), "audit/2026-11-26T01:38:24Z/k3f2a7qm"}, ports::absent,
              R"({"at":"2026-11-26T01:38:24Z","actor":"crew ana","verb":"answer_call",)"
              R"("facts":{"answer":"yes"}})");
  ASSERT_TRUE(operations().commit(changes));
  const TrailEntry old = trail().entries.at(0);
  EXPECT_EQ(old.entry.id.text(), "2026-11-26T01:38:24Z_k3f2a7qm");
  EXPECT_EQ(old.entry.deed.actor, "crew ana");
  EXPECT_TRUE(old.entry.deed.after.empty());
  EXPECT_EQ(old.undo, TrailEntry::Undo::not_possible);
  EXPECT_TRUE(refuses(
      [&] { return undo_deed(operations(), world, {trip.id, old.entry.id, "dashboard key 3f2a"}); },
      Kind::invalid, "entry"));
}

TEST_F(AuditTrailTest, of_an_unknown_or_foreign_charter_is_not_found) {
  EXPECT_TRUE(refuses([&] { return audit_trail(owner(), domain::CharterId("jada.nobody"), {}); },
                      Kind::not_found));
  EXPECT_TRUE(refuses([&] { return audit_trail(owner("tern"), trip.id, {}); }, Kind::not_found));
}

}  // namespace app::testing
