// Trying again when a version moved: how often, how long, and what is said when it was too often.
#include "app/decide.h"

#include "tests/app/between.h"
#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

const base::Error moved = base::conflict("moved", std::string(ports::version_moved));

class DecideTest : public VerbTest {
 protected:
  base::Result<BookingAnswer> take_beside_rival(int commits_disturbed) {
    const auto change_the_tenants_record = [&] {
      const ports::Key key{ports::Table::operations, "jada/tenant", "tenant"};
      const auto tenant = value_of(store().get(key));
      ASSERT_TRUE(store().commit(
          {{ports::Change::Kind::put, key, tenant->version, tenant->body, std::nullopt}}));
    };
    Between rival(store(), change_the_tenants_record, commits_disturbed);
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
