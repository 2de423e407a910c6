// A store in which something else happens right before the first commits: what a verb has read is
// old by then.
#pragma once

#include <functional>
#include <utility>

#include "ports/store.h"

namespace app::testing {

class Between : public ports::Store {
 public:
  Between(ports::Store& store, std::function<void()> act, int commits_disturbed = 1)
      : store_(store), act_(std::move(act)), commits_disturbed_(commits_disturbed) {}

  base::Result<std::optional<ports::Record>> get(const ports::Key& key) override {
    return store_.get(key);
  }
  base::Result<std::vector<ports::Record>> scan(ports::Table table, const std::string& partition,
                                                const ports::Range& range,
                                                std::size_t limit) override {
    return store_.scan(table, partition, range, limit);
  }
  base::Result<void> commit(const std::vector<ports::Change>& changes) override {
    if (commits_disturbed_-- > 0) act_();
    return store_.commit(changes);
  }

 private:
  ports::Store& store_;
  std::function<void()> act_;
  int commits_disturbed_;
};

}  // namespace app::testing
