#include "adapters/sqlite_cache.h"

#include <functional>
#include <string>
#include <utility>

namespace adapters {

using base::Instant;
using ports::Change;
using ports::Key;
using ports::Record;

namespace {

// With what the containers take for each record.
std::size_t bytes_of(const Record& record) {
  constexpr std::size_t around = 256;
  return around + 2 * (record.key.partition.size() + record.key.sort.size()) + record.body.size();
}

}  // namespace

std::size_t SqliteCache::KeyHash::operator()(const Key& key) const {
  const std::hash<std::string> hash;
  return (hash(key.partition) * 31 + hash(key.sort)) * 2 + static_cast<std::size_t>(key.table);
}

std::optional<Record> SqliteCache::find(const Key& key, Instant now) {
  const std::scoped_lock lock(mutex_);
  const auto found = places_.find(key);
  if (found == places_.end()) return std::nullopt;
  const Record& record = *found->second;
  if (record.expires_at && *record.expires_at <= now) return std::nullopt;
  records_.splice(records_.begin(), records_, found->second);
  return record;
}

std::uint64_t SqliteCache::generation() {
  const std::scoped_lock lock(mutex_);
  return generation_;
}

void SqliteCache::keep(const Record& record, std::uint64_t generation) {
  const std::scoped_lock lock(mutex_);
  if (generation == generation_) put(record);
}

void SqliteCache::apply(const std::vector<Change>& changes) {
  const std::scoped_lock lock(mutex_);
  ++generation_;
  for (const Change& change : changes) {
    if (change.kind == Change::Kind::remove) forget(change.key);
    if (change.kind == Change::Kind::put)
      put({change.key, change.expected + 1, change.body, change.expires_at});
  }
}

void SqliteCache::put(Record record) {
  forget(record.key);
  const std::size_t bytes = bytes_of(record);
  if (bytes > bytes_max_) return;
  while (bytes_ + bytes > bytes_max_) forget(std::prev(records_.end()));
  bytes_ += bytes;
  records_.push_front(std::move(record));
  places_.emplace(records_.front().key, records_.begin());
}

void SqliteCache::forget(const Key& key) {
  if (const auto found = places_.find(key); found != places_.end()) forget(found->second);
}

void SqliteCache::forget(Records::iterator record) {
  bytes_ -= bytes_of(*record);
  places_.erase(record->key);
  records_.erase(record);
}

}  // namespace adapters
