// Keys that bcrypt proved once: what is remembered, for how long, and what wrong keys can do to it.
#include "app/proved_keys.h"

#include <barrier>
#include <thread>

#include "app/rotate_credential.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::TenantId;

namespace {

class ProvedKeysTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    key = service_keys["jada"];
    id = key.substr(5, key.rfind('.') - 5);
  }

  void put(const Credential& record, ports::Version expected = ports::absent) {
    auto changes = operations().changes();
    changes.put(credential_place(CredentialKind::service_key, record.key_id), expected,
                encoded(record));
    ASSERT_TRUE(operations().commit(changes));
  }
  base::Result<std::string> prove(const std::string& token, const std::string& client = "home") {
    return prove_key(token, "jada", client);
  }
  std::string wrong_key(int number) const { return "jada." + id + ".no" + std::to_string(number); }

  std::string key;
  std::string id;
};

}  // namespace

TEST_F(ProvedKeysTest, one_check_for_many_calls) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(prove(key).value(), id);
  EXPECT_EQ(keys.gate.checks(), 1U);
}

TEST_F(ProvedKeysTest, a_wrong_key_is_checked_once_whoever_brings_it) {
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(prove(wrong_key(1), "client " + std::to_string(i)).error().code, wrong_credential);
  EXPECT_EQ(keys.gate.checks(), 1U);
}

TEST_F(ProvedKeysTest, made_up_key_ids_stand_at_another_gate) {
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(prove("jada.nobody.secret" + std::to_string(i)));
  EXPECT_EQ(keys.gate.checks(), 0U);
  EXPECT_EQ(keys.gate_of_strangers.checks(), 5U);
}

TEST_F(ProvedKeysTest, a_revoked_key_is_refused_at_once) {
  ASSERT_TRUE(prove(key));
  auto changes = operations().changes();
  changes.remove(credential_place(CredentialKind::service_key, id), 1);
  ASSERT_TRUE(operations().commit(changes));
  const auto refused = prove(key);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, wrong_credential);
}

TEST_F(ProvedKeysTest, a_record_with_another_hash_forgets_the_old_secret) {
  ASSERT_TRUE(prove(key));
  put({id, base::bcrypt_hashed("new", std::string(16, 'x'), 4).value(), clock.now()}, 1);
  EXPECT_FALSE(prove(key));
  EXPECT_TRUE(prove("jada." + id + ".new"));
}

TEST_F(ProvedKeysTest, a_key_proved_for_one_tenant_opens_no_other) {
  ASSERT_TRUE(prove(key));
  EXPECT_FALSE(prove_key(key, "tern"));
  EXPECT_FALSE(prove_key("tern" + key.substr(4), "tern"));
}

TEST_F(ProvedKeysTest, ten_wrong_keys_then_no_more_work_is_done) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(prove(wrong_key(i)).error().code, wrong_credential);
  EXPECT_EQ(keys.gate.checks(), 10U);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(prove(wrong_key(i)).error().kind, Kind::limited);
  EXPECT_EQ(keys.gate.checks(), 10U);
  EXPECT_EQ(prove(wrong_key(0), "elsewhere").error().code, wrong_credential);
}

TEST_F(ProvedKeysTest, a_proved_key_passes_whatever_its_address_does) {
  ASSERT_TRUE(prove(key));
  for (int i = 0; i < 12; ++i) EXPECT_FALSE(prove(wrong_key(i)));
  EXPECT_TRUE(prove(key));
  const std::string second =
      value_of(rotate_credential(owner(), world, CredentialKind::service_key));
  EXPECT_EQ(prove(second).error().kind, Kind::limited) << "one that bcrypt has not seen waits";
  clock.advance(wrong_tries_span);
  EXPECT_TRUE(prove(second));
}

TEST_F(ProvedKeysTest, right_keys_that_come_together_all_pass) {
  constexpr int callers = 24;
  std::barrier together(callers);
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i)
    threads.emplace_back([&] {
      together.arrive_and_wait();
      if (prove(key)) ++right;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, callers);
  EXPECT_LE(keys.gate.checks(), 3U) << "those who waited find it proved";
}

TEST_F(ProvedKeysTest, a_flood_of_wrong_keys_at_once_is_cut_short) {
  constexpr int callers = 32;
  std::barrier together(callers);
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i)
    threads.emplace_back([&, i] {
      together.arrive_and_wait();
      EXPECT_FALSE(prove(wrong_key(i)));
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(keys.gate.checks(), 11U) << "two run at a time, and the tenth closes the door";
}

TEST(ProvedKeys, is_bounded_and_the_oldest_makes_room) {
  const TenantId tenant("jada");
  const Credential record{"id", "hash", {}};
  ProvedKeys keys(std::string(32, 'p'), 3);
  const auto claim = [&](const std::string& secret) {
    return keys.digest_of({tenant, record, secret});
  };
  for (const char* secret : {"a", "b", "c", "a", "d"}) keys.remember(claim(secret));
  EXPECT_FALSE(keys.knows(claim("a")));
  for (const char* secret : {"b", "c", "d"}) EXPECT_TRUE(keys.knows(claim(secret))) << secret;
}

TEST(ProvedKeys, a_hit_costs_less_than_two_microseconds) {
  const TenantId tenant("jada");
  const Credential record{"k3y1d", std::string(60, 'h'), {}};
  ProvedKeys keys(std::string(32, 'p'), 4096);
  const std::string secret(52, 's');
  keys.remember(keys.digest_of({tenant, record, secret}));
  constexpr int rounds = 2000;
  auto quickest = std::chrono::nanoseconds::max();
  for (int i = 0; i < 20; ++i) {
    const auto start = std::chrono::steady_clock::now();
    for (int j = 0; j < rounds; ++j)
      ASSERT_TRUE(keys.knows(keys.digest_of({tenant, record, secret})));
    const auto span = std::chrono::steady_clock::now() - start;
    quickest = std::min<std::chrono::nanoseconds>(quickest, span / rounds);
  }
  RecordProperty("nanoseconds", static_cast<int>(quickest.count()));
#ifdef NDEBUG  // sanitizers make it slower, not wrong
  EXPECT_LT(quickest, std::chrono::microseconds(2));
#endif
}

}  // namespace app::testing
