// ports::Store on DynamoDB, in two tables: for many operators, and for several processes at once.
// Always: a commit is one TransactWriteItems with a request token of its own, tried again with the
// same token while nobody knows what became of it, so that it happens once; reads are strongly
// consistent. unavailable: throttled, in conflict or out of reach for as long as the deadline
// allows. An item is
//   PK partition · SK sort · V version · B body · E expires_at in milliseconds · ttl the same in
//   seconds
// Source: DynamoDB API Reference, 2012-08-10; Developer Guide, "DynamoDB transactions".
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "ports/clock.h"
#include "ports/store.h"

#include "adapters/dynamo_calls.h"

namespace adapters {

struct DynamoTables {
  std::string operations;
  std::string owner_only;
};

class DynamoStore : public ports::Store {
 public:
  DynamoStore(DynamoCalls calls, DynamoTables tables, ports::Clock& clock, ports::Entropy& entropy);

  base::Result<std::optional<ports::Record>> get(const ports::Key& key) override;
  base::Result<std::vector<ports::Record>> scan(ports::Table table, const std::string& partition,
                                                const ports::Range& range,
                                                std::size_t limit) override;
  base::Result<void> commit(const std::vector<ports::Change>& changes) override;

  // Makes both tables as deploy/aws has them, where they are missing: for emulators and first
  // steps.
  base::Result<void> make_tables();

 private:
  const std::string& name_of(ports::Table table) const;

  DynamoCalls calls_;
  DynamoTables tables_;
  ports::Clock& clock_;
  ports::Entropy& entropy_;
};

}  // namespace adapters
