// LambdaRuntime: the loop of a Lambda function, as one more door: takes an event from the Runtime
// API, hands it on, posts what came of it. Always: one event at a time; nothing runs between two;
// each failure is reported as the invocation's, with a type; what the platform says of time left is
// handed on. Source: AWS Lambda Developer Guide, "Using the Lambda runtime API".
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/result.h"

#include "net/http_client.h"

namespace transports {

struct LambdaEvent {
  std::string request_id;
  std::string body;  // JSON
  std::chrono::system_clock::time_point deadline;
};

class LambdaRuntime {
 public:
  // The answer's JSON, or why there is none.
  using Handler = std::function<base::Result<std::string>(const LambdaEvent&)>;

  // api: "127.0.0.1:9001", as AWS_LAMBDA_RUNTIME_API has it. Error kind invalid.
  static base::Result<LambdaRuntime> at(const std::string& api);

  // Returns when the platform can no longer be spoken to; unavailable says why.
  base::Result<void> run(const Handler& handler);
  // Before the loop: the function cannot start.
  void report_start_failure(const base::Error& error);

 private:
  explicit LambdaRuntime(net::HttpClient client) : client_(std::move(client)) {}
  base::Result<LambdaEvent> next();
  base::Result<void> post(const std::string& path, const std::string& body,
                          const std::string& error_type);

  net::HttpClient client_;
};

}  // namespace transports
