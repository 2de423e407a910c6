// SqliteCache: records as of the last commit that touched them, in memory, in front of the one
// process's own database. Always: what find() gives was committed, and no commit that was answered
// is missing from it, as long as apply() is called with each commit, in their order, before it is
// answered; bounded by bytes, and what was longest unused makes room. What is not there, or has
// expired, is never kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/time.h"

#include "ports/store.h"

namespace adapters {

class SqliteCache {
 public:
  explicit SqliteCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // nullopt: not known; the database has to be asked.
  std::optional<ports::Record> find(const ports::Key& key, base::Instant now);
  // What the database answered. Requires: generation() was taken before it was asked; a commit
  // since then makes this a no-op, for the answer may be older than it.
  std::uint64_t generation();
  void keep(const ports::Record& record, std::uint64_t generation);
  void apply(const std::vector<ports::Change>& changes);

 private:
  struct KeyHash {
    std::size_t operator()(const ports::Key& key) const;
  };
  using Records = std::list<ports::Record>;  // the latest used first

  void put(ports::Record record);         // requires: mutex_ is held
  void forget(const ports::Key& key);     // requires: mutex_ is held
  void forget(Records::iterator record);  // requires: mutex_ is held

  const std::size_t bytes_max_;
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::size_t bytes_ = 0;
  Records records_;
  std::unordered_map<ports::Key, Records::iterator, KeyHash> places_;
};

}  // namespace adapters
