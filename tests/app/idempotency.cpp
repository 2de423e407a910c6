// One key has at most one effect, whoever sends it again, and however soon.
#include "app/idempotency.h"

#include <set>
#include <thread>

#include "app/add_block.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class IdempotencyTest : public VerbTest {
 protected:
  static CallKey key(const std::string& digest = "digest of the first body") {
    return {"POST /bookings", "3f2a", "key-1", digest};
  }
  static BookingRequest keyed(const CallKey& call) {
    BookingRequest request = booking_request();
    request.call = call;
    return request;
  }
};

}  // namespace

TEST_F(IdempotencyTest, the_same_call_again_gets_the_first_answer_and_does_nothing) {
  const auto first = take(keyed(key()));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->source, BookingAnswer::Source::fresh);
  const Lines before = dump();
  const auto again = take(keyed(key()));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->source, BookingAnswer::Source::repeated);
  EXPECT_EQ(again->body, first->body);
  EXPECT_EQ(dump(), before);
}

TEST_F(IdempotencyTest, another_body_under_the_same_key_is_refused) {
  ASSERT_TRUE(take(keyed(key())));
  EXPECT_TRUE(refuses([&] { return take(keyed(key("digest of another body"))); }, Kind::invalid,
                      "Idempotency-Key"));
  EXPECT_EQ(take(keyed(key("digest of another body"))).error().code, "idempotency-key-reused");
}

TEST_F(IdempotencyTest, a_key_belongs_to_one_credential_and_one_route) {
  ASSERT_TRUE(take(keyed(key())));
  BookingRequest other = plain_request("2027-06-01T10:00");
  other.call = key("another digest");
  other.call->credential = "77aa";
  EXPECT_TRUE(take(other));
  other = plain_request("2027-06-02T10:00");
  other.call = key("another digest");
  other.call->route = "POST /calendar";
  EXPECT_TRUE(take(other));
}

TEST_F(IdempotencyTest, a_refused_call_leaves_its_key_free) {
  BookingRequest wrong = keyed(key());
  wrong.booking.guest.party_size = 13;
  EXPECT_TRUE(refuses([&] { return take(wrong); }, Kind::invalid, "guest.party_size"));
  EXPECT_TRUE(take(keyed(key("digest of the corrected body"))));
}

TEST_F(IdempotencyTest, answers_with_money_stay_in_the_owners_table) {
  ASSERT_TRUE(take(keyed(key())));
  EventRequest event = event_request("2027-06-01T10:00");
  event.call = CallKey{"POST /events", "77aa", "key-2", "digest"};
  ASSERT_TRUE(make(event));
  Lines tables;
  for (const std::string& line : dump())
    if (line.find("/idempotency/") != std::string::npos)
      tables.push_back(line.substr(0, line.find("/idempotency/")));
  EXPECT_EQ(tables, (Lines{"operations jada", "owner_only jada"}));
}

TEST_F(IdempotencyTest, a_key_is_forgotten_after_a_week) {
  ASSERT_TRUE(take(keyed(key())));
  BookingRequest later = plain_request("2027-06-20T10:00");
  later.call = key("another digest");
  clock.advance(idempotency_kept - std::chrono::seconds(1));
  EXPECT_TRUE(refuses([&] { return take(later); }, Kind::invalid, "Idempotency-Key"));
  clock.advance(std::chrono::seconds(2));
  EXPECT_TRUE(take(later));
}

TEST_F(IdempotencyTest, a_call_sent_many_times_at_once_is_done_once) {
  std::mutex mutex;
  std::set<std::string> answers;
  std::atomic<int> fresh = 0;
  std::vector<std::thread> senders;
  for (int i = 0; i < 12; ++i)
    senders.emplace_back([&] {
      const auto answer = take(keyed(key()));
      if (answer && answer->source == BookingAnswer::Source::fresh) ++fresh;
      const std::lock_guard lock(mutex);
      answers.insert(answer ? answer->body : answer.error().message);
    });
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(fresh, 1);
  EXPECT_EQ(answers.size(), 1U) << "one answer, the same for all";
  EXPECT_EQ(commits().size(), 1U);
}

TEST_F(IdempotencyTest, holds_for_events_and_blocks_too) {
  EventRequest event = event_request("2027-06-01T10:00");
  event.call = CallKey{"POST /events", "77aa", "key-1", "digest"};
  BlockRequest block;
  block.vessel = domain::VesselId("skiff");
  block.title = "Haul-out";
  block.starts_at = written("2027-06-01T10:00");
  block.ends_at = written("2027-06-02T10:00");
  block.call = CallKey{"POST /calendar", "3f2a", "key-1", "digest"};
  const auto add = [&] {
    return add_block(owner(), world, block, [](const auto& entry) { return entry.id; });
  };
  const auto first_event = make(event);
  const auto first_block = add();
  ASSERT_TRUE(first_event && first_block);
  const Lines before = dump();
  EXPECT_EQ(make(event).value().body, first_event->body);
  EXPECT_EQ(make(event).value().source, EventAnswer::Source::repeated);
  EXPECT_EQ(add().value().body, first_block->body);
  EXPECT_EQ(add().value().source, BlockAnswer::Source::repeated);
  EXPECT_EQ(dump(), before);
}

}  // namespace app::testing
