// What every ports::Store must do, written against the port alone. An adapter joins with
//   INSTANTIATE_TEST_SUITE_P(Dynamo, StoreContract, testing::Values(StoreFactory{"dynamo",
//   open_dynamo}));
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ports/store.h"

#include "tests/contracts/fake_clock.h"

namespace contracts {

// An empty store, and whatever has to live as long as it does.
class OpenedStore {
 public:
  virtual ~OpenedStore() = default;
  virtual ports::Store& store() = 0;
};

struct StoreFactory {
  std::string name;
  std::function<std::unique_ptr<OpenedStore>(ports::Clock&)> open;
  friend std::ostream& operator<<(std::ostream& out, const StoreFactory& factory) {
    return out << factory.name;
  }
};

inline ports::Change put(std::string partition, std::string sort, ports::Version expected,
                         std::string body = "{}") {
  return {ports::Change::Kind::put,
          {ports::Table::operations, std::move(partition), std::move(sort)},
          expected,
          std::move(body),
          {}};
}
inline ports::Change remove(std::string partition, std::string sort, ports::Version expected) {
  return {ports::Change::Kind::remove,
          {ports::Table::operations, std::move(partition), std::move(sort)},
          expected,
          {},
          {}};
}
inline ports::Change check(std::string partition, std::string sort, ports::Version expected) {
  return {ports::Change::Kind::check,
          {ports::Table::operations, std::move(partition), std::move(sort)},
          expected,
          {},
          {}};
}

class StoreContract : public testing::TestWithParam<StoreFactory> {
 protected:
  void SetUp() override {
    opened_ = GetParam().open(clock_);
    ASSERT_TRUE(opened_);
  }

  ports::Store& store() { return opened_->store(); }
  FakeClock& clock() { return clock_; }

  testing::AssertionResult commits(const std::vector<ports::Change>& changes) {
    auto done = store().commit(changes);
    if (done) return testing::AssertionSuccess();
    return testing::AssertionFailure() << done.error().message;
  }
  testing::AssertionResult refuses(const std::vector<ports::Change>& changes, base::Kind kind) {
    auto done = store().commit(changes);
    if (done) return testing::AssertionFailure() << "was committed";
    if (done.error().kind == kind) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "another kind of error: " << done.error().message;
  }

  // absent when there is no record.
  ports::Version version_at(const std::string& partition, const std::string& sort) {
    auto record = store().get({ports::Table::operations, partition, sort});
    EXPECT_TRUE(record);
    return record && *record ? (*record)->version : ports::absent;
  }
  std::string body_at(const std::string& partition, const std::string& sort) {
    auto record = store().get({ports::Table::operations, partition, sort});
    EXPECT_TRUE(record && *record);
    return record && *record ? (*record)->body : "";
  }
  std::vector<std::string> sorts(const std::string& partition, const ports::Range& range,
                                 std::size_t limit = 1000) {
    std::vector<std::string> answer;
    auto records = store().scan(ports::Table::operations, partition, range, limit);
    EXPECT_TRUE(records);
    if (records)
      for (const ports::Record& record : *records) answer.push_back(record.key.sort);
    return answer;
  }

 private:
  FakeClock clock_;
  std::unique_ptr<OpenedStore> opened_;
};

}  // namespace contracts
