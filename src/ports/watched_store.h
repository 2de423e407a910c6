// WatchedStore: a store that tells what was committed, right after it is durable and before the
// caller hears of it. For caches and the ticker only: nothing that has to be true may depend on it.
#pragma once

#include <functional>

#include "ports/store.h"

namespace ports {

class WatchedStore : public Store {
 public:
  using AfterCommit = std::function<void(const std::vector<Change>&)>;

  WatchedStore(Store& store, AfterCommit after_commit)
      : store_(store), after_commit_(std::move(after_commit)) {}

  base::Result<std::optional<Record>> get(const Key& key) override { return store_.get(key); }
  base::Result<std::vector<Record>> scan(Table table, const std::string& partition,
                                         const Range& range, std::size_t limit) override {
    return store_.scan(table, partition, range, limit);
  }
  base::Result<void> commit(const std::vector<Change>& changes) override {
    TRY(store_.commit(changes));
    after_commit_(changes);
    return {};
  }

 private:
  Store& store_;
  AfterCommit after_commit_;
};

}  // namespace ports
