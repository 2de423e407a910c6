// The store contract on an emulator of DynamoDB, and what only several processes can do.
#include "adapters/dynamo_store.h"

#include <unistd.h>

#include "tests/cloud/cloud_fixture.h"
#include "tests/contracts/store_contract.h"

namespace contracts {

using adapters::DynamoCalls;
using adapters::DynamoStore;
using base::Kind;
using ports::absent;
using ports::Change;

namespace {

void sleep(std::chrono::milliseconds span) {
  std::this_thread::sleep_for(span);
}

class OpenedDynamo : public OpenedStore {
 public:
  explicit OpenedDynamo(ports::Clock& clock) : OpenedDynamo(clock, tables()) {
    auto made = store_->make_tables();
    EXPECT_TRUE(made) << made.error().message;
  }
  // Another process on the same tables.
  OpenedDynamo(ports::Clock& clock, const adapters::DynamoTables& tables) : tables_(tables) {
    DynamoCalls calls(cloud::client_of("dynamodb", cloud::emulator("FAIRLEAD_DYNAMODB")), entropy_,
                      sleep);
    store_ = std::make_unique<DynamoStore>(std::move(calls), tables_, clock, entropy_);
  }

  ports::Store& store() override { return *store_; }
  DynamoStore& dynamo() { return *store_; }
  const adapters::DynamoTables& names() const { return tables_; }

 private:
  static adapters::DynamoTables tables() {
    return {cloud::fresh_name("operations"), cloud::fresh_name("owner-only")};
  }

  adapters::SystemEntropy entropy_;
  adapters::DynamoTables tables_;
  std::unique_ptr<DynamoStore> store_;
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(
    Dynamo, StoreContract,
    testing::Values(StoreFactory{
        "dynamo", [](ports::Clock& clock) { return std::make_unique<OpenedDynamo>(clock); }}),
    testing::PrintToStringParamName());

TEST(DynamoStore, tables_that_are_there_are_left_as_they_are) {
  FakeClock clock;
  OpenedDynamo opened(clock);
  ASSERT_TRUE(opened.store().commit({put("p", "a", absent)}));
  ASSERT_TRUE(opened.dynamo().make_tables());
  EXPECT_TRUE(opened.store().get({ports::Table::operations, "p", "a"}).value());
}

// More than DynamoDB gives at once: a page is one megabyte.
TEST(DynamoStore, a_scan_goes_on_over_pages) {
  FakeClock clock;
  OpenedDynamo opened(clock);
  const std::string body = "\"" + std::string(100'000, 'x') + "\"";
  for (int i = 0; i < 25; ++i)
    ASSERT_TRUE(opened.store().commit({put("p", std::to_string(100 + i), absent, body)}));
  const auto all = opened.store().scan(ports::Table::operations, "p", {}, 1000);
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 25U);
  EXPECT_EQ(all->front().key.sort, "100");
  EXPECT_EQ(all->back().key.sort, "124");
  const auto some = opened.store().scan(ports::Table::operations, "p", {"103", "120"}, 15);
  ASSERT_TRUE(some);
  EXPECT_EQ(some->size(), 15U);
  EXPECT_EQ(some->back().key.sort, "117");
}

TEST(DynamoStore, two_processes_see_each_other_and_one_of_them_wins) {
  FakeClock clock;
  OpenedDynamo first(clock);
  std::atomic<int> won = 0;
  std::atomic<int> lost = 0;
  std::vector<std::thread> processes;
  for (int i = 0; i < 8; ++i)
    processes.emplace_back([&, i] {
      OpenedDynamo other(clock, first.names());
      auto committed = other.store().commit({put("p", "slot", absent, std::to_string(i))});
      if (committed) ++won;
      if (!committed && committed.error().kind == Kind::conflict) ++lost;
    });
  for (std::thread& process : processes) process.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 7);
}

}  // namespace contracts
