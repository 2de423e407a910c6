#include "app/wrong_tries.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using base::Instant;
using std::chrono::seconds;

const Instant noon{std::chrono::hours(500'000)};

base::Error wrong() {
  return {base::Kind::unauthenticated, "wrong", "wrong-credential"};
}

// How many of so many tries at one instant were answered as wrong, before "wait" was.
int wrong_answers(WrongTries& tries, const std::string& client, Instant now, int count) {
  int answers = 0;
  for (int i = 0; i < count; ++i)
    if (tries.counted(client, wrong(), now).code == "wrong-credential") ++answers;
  return answers;
}

TEST(WrongTries, ten_in_a_minute_then_wait) {
  WrongTries tries(100);
  EXPECT_EQ(wrong_answers(tries, "a", noon, 25), 10);
  const auto refused = tries.may_try("a", noon + seconds(20));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::Kind::limited);
  EXPECT_EQ(refused.error().code, too_many_tries);
  EXPECT_EQ(tries.wait("a", noon + seconds(20)), seconds(40));
  EXPECT_EQ(tries.wait("a", noon + std::chrono::milliseconds(59'999)), seconds(1));
  EXPECT_TRUE(tries.may_try("a", noon + seconds(60)));
  EXPECT_EQ(tries.wait("a", noon + seconds(60)), seconds(0));
  EXPECT_EQ(wrong_answers(tries, "a", noon + seconds(60), 25), 10) << "a new minute";
}

TEST(WrongTries, clients_do_not_count_for_one_another) {
  WrongTries tries(100);
  wrong_answers(tries, "a", noon, 25);
  EXPECT_TRUE(tries.may_try("b", noon));
  EXPECT_EQ(wrong_answers(tries, "b", noon, 9), 9);
  EXPECT_TRUE(tries.may_try("b", noon));
  EXPECT_EQ(tries.wait("c", noon), seconds(0));
}

TEST(WrongTries, the_oldest_makes_room) {
  WrongTries tries(3);
  for (const char* client : {"a", "b", "c"}) wrong_answers(tries, client, noon, 10);
  EXPECT_FALSE(tries.may_try("a", noon));
  wrong_answers(tries, "d", noon, 1);
  EXPECT_TRUE(tries.may_try("a", noon));
  for (const char* client : {"b", "c"}) EXPECT_FALSE(tries.may_try(client, noon)) << client;
  for (int i = 0; i < 1000; ++i) wrong_answers(tries, std::to_string(i), noon + seconds(i), 1);
  EXPECT_TRUE(tries.may_try("c", noon));
}

TEST(WrongTries, a_clock_set_back_locks_nobody_out) {
  WrongTries tries(3);
  wrong_answers(tries, "a", noon, 10);
  EXPECT_TRUE(tries.may_try("a", noon - seconds(3600)));
  EXPECT_EQ(wrong_answers(tries, "a", noon - seconds(3600), 25), 10);
  EXPECT_EQ(tries.wait("a", noon - seconds(3600)), seconds(60));
  for (const char* client : {"b", "c", "d", "e"}) wrong_answers(tries, client, noon, 1);
  EXPECT_TRUE(tries.may_try("a", noon - seconds(3600)));
}

}  // namespace
}  // namespace app
