// The store: records under (table, partition, sort), each with a version and a JSON body, and one
// atomic commit. Always: a commit happens whole or not at all, and is durable before commit()
// returns; reads see every commit that returned before them; what a change expects is checked
// inside the commit. Refuses: a change without an expectation, a key twice, and what DynamoDB would
// refuse (limits below). The three calls of Store are for adapters and for the handles in
// ports/tenant_store.h; nobody else holds one. Source of the limits: DynamoDB TransactWriteItems.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace ports {

inline constexpr std::size_t changes_per_commit_max = 100;
inline constexpr std::size_t commit_bytes_max = 4 * 1024 * 1024;
// Of keys and body together. DynamoDB's 400 KB hold the names and values of our other attributes
// too.
inline constexpr std::size_t record_bytes_max = 400 * 1024 - 128;
inline constexpr std::size_t partition_bytes_max = 1024;
inline constexpr std::size_t sort_bytes_max = 512;

enum class Table { operations, owner_only };

struct Key {
  Table table = Table::operations;
  std::string partition;
  std::string sort;
  friend auto operator<=>(const Key&, const Key&) = default;
};

using Version = std::uint64_t;  // 1 for a new record, one more with each put
inline constexpr Version absent = 0;

struct Record {
  Key key;
  Version version = absent;
  std::string body;  // JSON text
  std::optional<base::Instant> expires_at;
};

struct Change {
  enum class Kind { put, remove, check };
  Kind kind = Kind::check;
  Key key;
  Version expected = absent;  // the version that must be there; absent: no record may be there
  std::string body;           // put only
  // put only: from this instant on the record reads as absent, and is removed some time later.
  std::optional<base::Instant> expires_at;
  friend bool operator==(const Change&, const Change&) = default;
};

// Sort keys from first (included) to last (excluded); an empty last has no end.
struct Range {
  enum class Order { ascending, descending };
  std::string first;
  std::string last;
  Order order = Order::ascending;
};
// Every sort key that starts with the prefix.
Range starting_with(const std::string& prefix);

// Error kinds of all three: unavailable (could not look, try later), internal (damaged).
class Store {
 public:
  virtual ~Store() = default;
  virtual base::Result<std::optional<Record>> get(const Key& key) = 0;
  // At most limit records of one partition in the order of their sort keys.
  virtual base::Result<std::vector<Record>> scan(Table table, const std::string& partition,
                                                 const Range& range, std::size_t limit) = 0;
  // conflict: an expectation did not hold; nothing was changed.
  virtual base::Result<void> commit(const std::vector<Change>& changes) = 0;
};

// internal, naming the limit, when the list breaks one of the limits above; every adapter asks this
// first.
base::Result<void> check_limits(const std::vector<Change>& changes);

}  // namespace ports
