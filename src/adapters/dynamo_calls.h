// DynamoCalls: one operation of DynamoDB, tried until its deadline. Always: tries are apart by full
// jitter; what is tried again is what DynamoDB says may be, and calls that got no answer. Retries
// are the caller's to make harmless: reads are, and transactions are by their token. Source:
// DynamoDB Developer Guide, "Error handling with DynamoDB"; AWS Architecture Blog, "Exponential
// backoff and jitter".
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

#include "ports/clock.h"

#include "net/aws_client.h"

namespace adapters {

// What DynamoDB said no with.
struct DynamoRefusal {
  std::string name;  // "TransactionCanceledException"
  std::string message;
  std::vector<std::string> reasons;  // of a cancelled transaction, one for each change: "None" …
};
struct DynamoAnswer {
  base::json::object body;
  std::optional<DynamoRefusal> refusal;
};

class DynamoCalls {
 public:
  using Sleep = std::function<void(std::chrono::milliseconds)>;

  // Of a whole operation with all its tries; in Lambda the time that is left bounds it too.
  static constexpr std::chrono::milliseconds deadline{10'000};

  DynamoCalls(std::shared_ptr<net::AwsClient> client, ports::Entropy& entropy, Sleep sleep);

  // The answer, or a refusal that another try would not change. unavailable: the deadline passed.
  base::Result<DynamoAnswer> call(std::string_view operation, const base::json::object& body);

 private:
  std::chrono::milliseconds pause_after(int attempt);

  std::shared_ptr<net::AwsClient> client_;
  ports::Entropy* entropy_;
  Sleep sleep_;
};

}  // namespace adapters
