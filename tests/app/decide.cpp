// Trying again when a version moved: how often, how long, and what is said when it was too often.
#include "app/decide.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

const base::Error moved = base::conflict("moved", std::string(ports::version_moved));

// Somebody who changes the tenant's record right before each commit of others.
class Rival : public ports::Store {
 public:
  Rival(ports::Store& store, int commits_disturbed)
      : store_(store), commits_disturbed_(commits_disturbed) {}

  base::Result<std::optional<ports::Record>> get(const ports::Key& key) override {
    return store_.get(key);
  }
  base::Result<std::vector<ports::Record>> scan(ports::Table table, const std::string& partition,
                                                const ports::Range& range,
                                                std::size_t limit) override {
    return store_.scan(table, partition, range, limit);
  }
  base::Result<void> commit(const std::vector<ports::Change>& changes) override {
    if (commits_disturbed_-- > 0) {
      const ports::Key key{ports::Table::operations, "jada/tenant", "tenant"};
      const auto tenant = TRY(store_.get(key));
      TRY(store_.commit(
          {{ports::Change::Kind::put, key, tenant->version, tenant->body, std::nullopt}}));
    }
    return store_.commit(changes);
  }

 private:
  ports::Store& store_;
  int commits_disturbed_;
};

class DecideTest : public VerbTest {
 protected:
  base::Result<BookingAnswer> take_beside_rival(int commits_disturbed) {
    Rival rival(store(), commits_disturbed);
    return take_booking(ports::OwnerStore(rival, domain::TenantId("jada")), world,
                        booking_request(), [](const TakenBooking&) { return "taken"; });
  }
};

}  // namespace

TEST(Decide, answers_at_once_what_no_other_try_would_change) {
  const std::vector<base::Result<int>> answers = {7, base::conflict("busy", "busy"),
                                                  base::unavailable("away"),
                                                  base::invalid("vessel", "unknown")};
  for (const auto& answer : answers) {
    int tries = 0;
    const auto decided = decide([&] {
      ++tries;
      return answer;
    });
    EXPECT_EQ(tries, 1);
    ASSERT_EQ(bool(decided), bool(answer));
    if (!answer) {
      EXPECT_EQ(decided.error().kind, answer.error().kind);
    }
  }
}

TEST(Decide, tries_again_when_a_version_moved) {
  int tries = 0;
  const auto decided = decide([&]() -> base::Result<int> {
    if (++tries < 5) return moved;
    return tries;
  });
  ASSERT_TRUE(decided);
  EXPECT_EQ(*decided, 5);
}

TEST(Decide, tries_used_up_are_unavailable_and_no_conflict) {
  int tries = 0;
  const auto decided = decide([&]() -> base::Result<int> {
    ++tries;
    return moved;
  });
  EXPECT_EQ(tries, decide_tries_max);
  ASSERT_FALSE(decided);
  EXPECT_EQ(decided.error().kind, base::Kind::unavailable);
}

TEST_F(DecideTest, a_verb_gets_through_beside_a_busy_rival) {
  EXPECT_TRUE(take_beside_rival(decide_tries_max - 1));
}

TEST_F(DecideTest, a_verb_that_never_gets_through_leaves_nothing) {
  const auto refused = take_beside_rival(decide_tries_max);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::Kind::unavailable);
  for (const std::string& line : dump()) EXPECT_EQ(line.find("charter/"), std::string::npos);
}

}  // namespace app::testing
