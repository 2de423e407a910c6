#include "ports/store.h"

#include <set>

namespace ports {

using base::internal;
using base::Result;

Range starting_with(const std::string& prefix) {
  Range range{prefix, prefix, Range::Order::ascending};
  while (!range.last.empty()) {
    auto last_byte = static_cast<unsigned char>(range.last.back());
    range.last.pop_back();
    if (last_byte < 0xff) {
      range.last.push_back(static_cast<char>(last_byte + 1));
      break;
    }
  }
  return range;
}

Result<void> check_limits(const std::vector<Change>& changes) {
  if (changes.empty()) return internal("a commit without changes");
  if (changes.size() > changes_per_commit_max) return internal("over 100 changes in one commit");
  std::set<Key> seen;
  std::size_t total = 0;
  for (const Change& change : changes) {
    const std::size_t bytes =
        change.key.partition.size() + change.key.sort.size() + change.body.size();
    total += bytes;
    if (change.key.partition.empty() || change.key.partition.size() > partition_bytes_max)
      return internal("a partition key of 0 or over 1024 bytes");
    if (change.key.sort.empty() || change.key.sort.size() > sort_bytes_max)
      return internal("a sort key of 0 or over 512 bytes");
    if (bytes > record_bytes_max) return internal("a record over 400 KB");
    if (!seen.insert(change.key).second) return internal("a key twice in one commit");
  }
  if (total > commit_bytes_max) return internal("over 4 MB in one commit");
  return {};
}

}  // namespace ports
