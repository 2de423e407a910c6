// What was done from a link, put back by the owner.
#include "app/undo_deed.h"

#include <thread>

#include "app/answer_call.h"
#include "app/audit_trail.h"
#include "app/crew_record.h"
#include "app/replay_job.h"
#include "app/tick_item.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Answer;
using domain::DeedId;

namespace {

class UndoDeedTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
  }
  CrewMate mate(const std::string& member) const { return {{}, trip.id, domain::MemberId(member)}; }
  // Each deed a little later than the one before, as deeds are. Answers its id.
  DeedId answer(Answer answer, const std::string& member = "ana") {
    clock.advance(std::chrono::milliseconds(20));
    EXPECT_TRUE(answer_call(operations(), world, mate(member), {answer}));
    return newest().id;
  }
  DeedId tick(const std::string& item, Done done, const std::string& member = "ana") {
    clock.advance(std::chrono::milliseconds(20));
    EXPECT_TRUE(tick_item(operations(), world, mate(member), item, done));
    return newest().id;
  }
  base::Result<AuditEntry> undo(const DeedId& deed, const std::string& tenant = "jada") {
    clock.advance(std::chrono::milliseconds(20));
    return undo_deed(operations(tenant), world, {trip.id, deed, "dashboard key 3f2a"});
  }
  AuditEntry newest() { return value_of(audit_trail(owner(), trip.id, {})).entries.back().entry; }
  AuditEntry entry(const DeedId& id) {
    for (const TrailEntry& one : value_of(audit_trail(owner(), trip.id, {})).entries)
      if (one.entry.id == id) return one.entry;
    ADD_FAILURE() << "no entry " << id.text();
    return {};
  }
  Answer answer_of(const std::string& member = "ana") {
    return value_of(answers_of(operations(), trip.id))[domain::MemberId(member)].answer;
  }
  Tick tick_of(const std::string& item) { return value_of(ticks_of(operations(), trip.id))[item]; }
  // The code of a refusal that left nothing behind, and its message.
  std::pair<std::string, std::string> refusal(const DeedId& deed) {
    EXPECT_TRUE(refuses([&] { return undo(deed); }, Kind::conflict));
    const auto result = undo(deed);
    if (result) return {};
    return {result.error().code, result.error().message};
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(UndoDeedTest, an_answer_goes_back_to_none_and_the_trail_names_both) {
  const DeedId said = answer(Answer::yes);
  forget_commits();
  const AuditEntry undoing = value_of(undo(said));
  EXPECT_EQ(written_at_once(trip.id.text()),
            (Lines{"check jada/charter/{id} charter 1", "put jada/charter/{id} answer/ana 1",
                   "put jada/charter/{id} audit 0", "put jada/charter/{id} audit 1"}));
  EXPECT_EQ(answer_of(), Answer::none);
  EXPECT_EQ(entry(said).undone_by, undoing.id);
  const AuditEntry kept = entry(undoing.id);
  EXPECT_EQ(kept.deed.actor, "dashboard key 3f2a");
  EXPECT_EQ(kept.deed.verb, "undo_deed");
  EXPECT_EQ(base::to_text(kept.deed.facts),
            R"({"undid":")" + said.text() + R"(","verb":"answer_call","actor":"crew ana",)" +
                R"("facts":{"answer":"yes","member":"ana","role":"captain"}})");
  EXPECT_EQ(base::to_text(kept.deed.before), R"({"answer":"yes"})");
  EXPECT_EQ(base::to_text(kept.deed.after), R"({"answer":"none"})");
  EXPECT_EQ(charter(trip.id.text()).revision, 1U);
}

TEST_F(UndoDeedTest, newest_first_several_go_back_all_the_way) {
  const DeedId yes = answer(Answer::yes);
  const DeedId no = answer(Answer::no);
  ASSERT_TRUE(undo(no));
  EXPECT_EQ(answer_of(), Answer::yes);
  ASSERT_TRUE(undo(yes));
  EXPECT_EQ(answer_of(), Answer::none);
  const DeedId again = answer(Answer::yes);
  EXPECT_EQ(answer_of(), Answer::yes) << "a member may answer anew";
  EXPECT_TRUE(undo(again));
}

TEST_F(UndoDeedTest, a_tick_goes_back_to_whose_it_was) {
  const DeedId done = tick("d1", Done::yes);
  const auto done_at = tick_of("d1").at;
  clock.advance(std::chrono::minutes(5));
  const DeedId undone = tick("d1", Done::no, "ben");
  ASSERT_TRUE(undo(undone));
  EXPECT_TRUE(tick_of("d1").done);
  EXPECT_EQ(tick_of("d1").by, domain::MemberId("ana"));
  EXPECT_EQ(tick_of("d1").at, done_at);
  const AuditEntry back = newest();
  EXPECT_EQ(base::to_text(back.deed.before), R"({"done":false,"by":"ben"})");
  EXPECT_EQ(base::to_text(back.deed.after), R"({"done":true,"by":"ana"})");
  ASSERT_TRUE(undo(done));
  EXPECT_FALSE(tick_of("d1").done);
}

TEST_F(UndoDeedTest, is_refused_when_something_newer_changed_the_same_and_names_it) {
  const DeedId first = answer(Answer::yes);
  const DeedId other = answer(Answer::no, "ben");
  const DeedId newer = answer(Answer::no);
  const auto [code, message] = refusal(first);
  EXPECT_EQ(code, changed_since);
  EXPECT_NE(message.find("answer_call by crew ana"), std::string::npos) << message;
  EXPECT_NE(message.find(newer.text()), std::string::npos) << message;
  EXPECT_TRUE(undo(other)) << "another member's answer is another thing";
}

TEST_F(UndoDeedTest, is_refused_when_the_answer_is_there_no_more_or_without_a_deed) {
  const DeedId said = answer(Answer::yes);
  const auto place = answer_place(trip.id, domain::MemberId("ana"));
  auto changes = operations().changes();
  changes.put(place, 1, encoded(GivenAnswer{Answer::yes, clock.now()}));
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_EQ(refusal(said).first, changed_since);
  changes = operations().changes();
  changes.remove(place, 2);
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_EQ(refusal(said).first, changed_since);
}

TEST_F(UndoDeedTest, happens_once) {
  const DeedId said = answer(Answer::yes);
  const AuditEntry undoing = value_of(undo(said));
  const auto [code, message] = refusal(said);
  EXPECT_EQ(code, already_undone);
  EXPECT_NE(message.find(undoing.id.text()), std::string::npos) << message;
  answer(Answer::no);
  EXPECT_EQ(refusal(said).first, already_undone) << "whatever came after";
}

TEST_F(UndoDeedTest, of_many_hands_at_once_one_undoes_it) {
  const DeedId said = answer(Answer::yes);
  std::atomic<int> done = 0;
  std::vector<std::thread> hands;
  for (int hand = 0; hand < 6; ++hand)
    hands.emplace_back([&] {
      const auto result = undo(said);
      if (result)
        ++done;
      else
        EXPECT_EQ(result.error().code, already_undone);
    });
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(done, 1);
}

TEST_F(UndoDeedTest, refuses_what_no_link_did) {
  const DeedId booking = newest().id;
  EXPECT_TRUE(refuses([&] { return undo(booking); }, Kind::invalid, "entry"));
  const AuditEntry undoing = value_of(undo(answer(Answer::yes)));
  EXPECT_TRUE(refuses([&] { return undo(undoing.id); }, Kind::invalid, "entry"));
  run_all();
  clock.advance(std::chrono::milliseconds(20));
  const auto page = domain::job_id_for(trip.id, domain::JobKind::guest_page, 1);
  ASSERT_TRUE(replay_job(operations(), world, page, "dashboard key 3f2a"));
  EXPECT_TRUE(refuses([&] { return undo(newest().id); }, Kind::invalid, "entry"));
}

TEST_F(UndoDeedTest, refuses_what_is_not_there) {
  const DeedId said = answer(Answer::yes);
  for (const std::string& id : {std::string(), std::string("nonsense"), std::string("_"),
                                said.text() + "x", std::string("2027-05-22T15:33:20.000Z_aaaaaaaa"),
                                std::string("charter"), std::string(3000, '1') + "_a"})
    EXPECT_TRUE(refuses([&] { return undo(DeedId(id)); }, Kind::not_found)) << id;
  EXPECT_TRUE(refuses([&] { return undo(said, "tern"); }, Kind::not_found));
  const UndoRequest elsewhere{domain::CharterId("jada.nobody"), said, "dashboard key 3f2a"};
  EXPECT_TRUE(refuses([&] { return undo_deed(operations(), world, elsewhere); }, Kind::not_found));
}

}  // namespace app::testing
