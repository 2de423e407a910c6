// Tokens and keys of programs: what is good, what is missing, and what is wrong.
#include "app/prove_credential.h"

#include <barrier>
#include <thread>

#include "base/text.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class ProveCredentialTest : public VerbTest {
 protected:
  base::Result<std::string> token(const std::string& token, const std::string& tenant = "jada") {
    return prove_dashboard_token(operations(tenant), world, token);
  }
  base::Result<std::string> key(const std::string& key, const std::string& tenant = "jada") {
    return prove_key(key, tenant);
  }
  static std::string code_of(const base::Result<std::string>& proved) {
    if (proved) return "proved";
    EXPECT_EQ(proved.error().kind, Kind::unauthenticated);
    return proved.error().code;
  }
  // What is wrong with any token, derived from one that is good.
  static Lines wrong_forms_of(const std::string& good) {
    const auto parts = base::split(good, '.');
    const std::string tenant(parts[0]);
    const std::string id(parts[1]);
    const std::string secret(parts[2]);
    std::string other_end = good;
    other_end.back() = other_end.back() == 'a' ? 'b' : 'a';
    return {other_end,
            good + "a",
            good.substr(0, good.size() - 1),
            " " + good,
            "tern." + id + "." + secret,
            tenant + "." + secret + "." + id,
            tenant + ".nobody." + secret,
            tenant + "." + id + ".",
            tenant + ".." + secret,
            "." + id + "." + secret,
            secret,
            "..",
            tenant + "." + id + "." + std::string(73, 'a'),
            std::string(201, 'a'),
            tenant + "." + id + "." + secret + ".",
            tenant + "/../tern." + id + "." + secret};
  }
};

std::chrono::steady_clock::duration quickest_of_three(const std::function<void()>& act) {
  auto quickest = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 3; ++i) {
    const auto start = std::chrono::steady_clock::now();
    act();
    quickest = std::min(quickest, std::chrono::steady_clock::now() - start);
  }
  return quickest;
}

}  // namespace

TEST_F(ProveCredentialTest, good_ones_answer_their_key_id) {
  const auto proved_token = token(tokens["jada"]);
  ASSERT_TRUE(proved_token);
  EXPECT_EQ(*proved_token, base::split(tokens["jada"], '.')[1]);
  const auto proved_key = key(service_keys["jada"]);
  ASSERT_TRUE(proved_key);
  EXPECT_EQ(*proved_key, base::split(service_keys["jada"], '.')[1]);
}

TEST_F(ProveCredentialTest, missing_and_wrong_are_different_answers) {
  EXPECT_EQ(code_of(token("")), "missing-credential");
  EXPECT_EQ(code_of(key("")), "missing-credential");
  for (const std::string& wrong : wrong_forms_of(tokens["jada"]))
    EXPECT_EQ(code_of(token(wrong)), "wrong-credential") << wrong;
  for (const std::string& wrong : wrong_forms_of(service_keys["jada"]))
    EXPECT_EQ(code_of(key(wrong)), "wrong-credential") << wrong;
}

TEST_F(ProveCredentialTest, every_wrong_one_sounds_alike) {
  std::set<std::string> messages;
  for (const std::string& wrong : wrong_forms_of(tokens["jada"]))
    messages.insert(token(wrong).error().message);
  messages.insert(token(tokens["tern"]).error().message);
  EXPECT_EQ(messages.size(), 1U);
}

TEST_F(ProveCredentialTest, one_kind_or_tenant_does_not_open_another) {
  EXPECT_EQ(code_of(token(service_keys["jada"])), "wrong-credential");
  EXPECT_EQ(code_of(key(tokens["jada"])), "wrong-credential");
  EXPECT_EQ(code_of(token(tokens["tern"])), "wrong-credential");
  EXPECT_EQ(code_of(token(tokens["jada"], "tern")), "wrong-credential");
  EXPECT_EQ(code_of(key(service_keys["jada"], "tern")), "wrong-credential");
}

TEST_F(ProveCredentialTest, a_secret_that_bcrypt_would_cut_is_refused) {
  const std::string secret(base::bcrypt_bytes_max, 's');
  Credential record{"long1", base::bcrypt_hashed(secret, std::string(16, 'x'), 4).value(),
                    clock.now()};
  auto changes = operations().changes();
  changes.put(credential_place(CredentialKind::service_key, "long1"), ports::absent,
              encoded(record));
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_TRUE(key("jada.long1." + secret));
  EXPECT_EQ(code_of(key("jada.long1." + secret + "s")), "wrong-credential");
}

TEST_F(ProveCredentialTest, an_unknown_key_takes_as_long_as_a_known_one) {
  const std::string wrong_secret = "." + std::string(50, 'a');
  const std::string known_id(base::split(service_keys["jada"], '.')[1]);
  const auto known =
      quickest_of_three([&] { EXPECT_FALSE(key("jada." + known_id + wrong_secret)); });
  const auto unknown = quickest_of_three([&] { EXPECT_FALSE(key("jada.nobody" + wrong_secret)); });
  EXPECT_GT(unknown * 4, known);
}

TEST_F(ProveCredentialTest, the_store_holds_no_secret) {
  for (const std::string& token : {tokens["jada"], service_keys["jada"]})
    for (const std::string& line : dump())
      EXPECT_EQ(line.find(token.substr(token.rfind('.') + 1)), std::string::npos);
}

namespace {

base::Digest key_number(int number) {
  return base::sha256(std::to_string(number));
}

}  // namespace

TEST(BcryptGate, refuses_whom_it_has_no_room_for_and_answers_the_others_rightly) {
  const std::string hash = base::bcrypt_hashed("right", std::string(16, 'x'), 12).value();
  BcryptGate gate(1, 2);
  constexpr int callers = 8;
  std::barrier together(callers);
  std::atomic<int> right = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i)
    threads.emplace_back([&, i] {
      together.arrive_and_wait();
      auto turn = gate.enter(key_number(i));
      if (turn && turn->value().matches("right", hash)) ++right;
      if (!turn && turn.error().kind == Kind::unavailable) ++refused;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right + refused, callers);
  EXPECT_GE(right, 3) << "one at work and two who wait";
  EXPECT_GE(refused, 1);
  auto turn = gate.enter(key_number(0));
  ASSERT_TRUE(turn) << "and afterwards it is free again";
  EXPECT_FALSE(turn->value().matches("wrong", hash));
}

TEST(BcryptGate, a_key_that_is_being_checked_is_waited_for_and_takes_no_room) {
  BcryptGate gate(1, 0);
  auto turn = std::make_optional(std::move(*gate.enter(key_number(1)).value()));
  constexpr int callers = 8;
  std::atomic<int> at_the_gate = 0;
  std::atomic<int> told = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i)
    threads.emplace_back([&] {
      ++at_the_gate;
      auto found = gate.enter(key_number(1));
      if (!found) ++refused;
      if (found && !*found) ++told;
    });
  EXPECT_EQ(gate.enter(key_number(2)).error().kind, Kind::unavailable);
  while (at_the_gate < callers) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(told, 0);
  turn.reset();
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(told, 1) << "who comes late finds the gate open";
  EXPECT_EQ(refused, 0);
}

}  // namespace app::testing
