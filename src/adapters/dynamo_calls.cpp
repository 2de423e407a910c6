#include "adapters/dynamo_calls.h"

#include <algorithm>
#include <array>

#include "base/foreign_json.h"

namespace adapters {

namespace json = base::json;
using base::list_in;
using base::Result;
using base::text_in;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds first_pause{25};
constexpr milliseconds longest_pause{2'000};
constexpr milliseconds one_try{5'000};

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

DynamoRefusal refusal_in(const net::ClientResponse& response) {
  DynamoRefusal refusal{net::aws_error_name(response), {}, {}};
  const auto body = base::parse_json_object(response.body);
  if (!body) return refusal;
  refusal.message = text_in(*body, "message");
  if (refusal.message.empty()) refusal.message = text_in(*body, "Message");
  if (const json::array* reasons = list_in(*body, "CancellationReasons"))
    for (const json::value& reason : *reasons)
      refusal.reasons.push_back(reason.is_object() ? text_in(reason.get_object(), "Code") : "");
  return refusal;
}

// A transaction was cancelled by nothing but other people's work.
bool lost_a_race_only(const DynamoRefusal& refusal) {
  return !refusal.reasons.empty() && std::ranges::all_of(refusal.reasons, [](const auto& reason) {
    return is_any_of(reason, {"None", "TransactionConflict", "ThrottlingError",
                              "ProvisionedThroughputExceeded"});
  });
}

bool is_worth_another_try(int status, const DynamoRefusal& refusal) {
  if (status >= 500 || status == 429) return true;
  if (refusal.name == "TransactionCanceledException") return lost_a_race_only(refusal);
  return is_any_of(refusal.name, {"ProvisionedThroughputExceededException", "ThrottlingException",
                                  "RequestLimitExceeded", "TransactionInProgressException",
                                  "TransactionConflictException", "InternalServerError",
                                  "LimitExceededException"});
}

}  // namespace

DynamoCalls::DynamoCalls(std::shared_ptr<net::AwsClient> client, ports::Entropy& entropy,
                         Sleep sleep)
    : client_(std::move(client)), entropy_(&entropy), sleep_(std::move(sleep)) {}

milliseconds DynamoCalls::pause_after(int attempt) {
  const auto bound = std::min(longest_pause, first_pause * (1 << std::min(attempt, 10)));
  const std::string random = entropy_->bytes(2);
  const auto part =
      static_cast<unsigned char>(random[0]) * 256 + static_cast<unsigned char>(random[1]);
  return bound * part / 65536;
}

Result<DynamoAnswer> DynamoCalls::call(std::string_view operation, const json::object& body) {
  net::AwsCall call;
  call.headers = {{"Content-Type", "application/x-amz-json-1.0"},
                  {"X-Amz-Target", "DynamoDB_20120810." + std::string(operation)}};
  call.body = base::to_text(body);
  const auto until = steady_clock::now() + std::min(deadline, client_->left());
  std::string last = "no answer";
  for (int attempt = 0;; ++attempt) {
    const auto left = std::chrono::duration_cast<milliseconds>(until - steady_clock::now());
    if (left <= milliseconds(0))
      return base::unavailable("DynamoDB, " + std::string(operation) + ": " + last);
    const auto response = client_->send(call, std::min(left, one_try));
    if (response && response->status == 200)
      return DynamoAnswer{TRY(base::parse_json_object(response->body)), {}};
    if (response) {
      DynamoRefusal refusal = refusal_in(*response);
      if (!is_worth_another_try(response->status, refusal))
        return DynamoAnswer{{}, std::move(refusal)};
      last = refusal.name + ": " + refusal.message;
    } else {
      if (response.error().kind != base::Kind::unavailable) return response.error();
      last = response.error().message;
    }
    sleep_(std::min(pause_after(attempt), left));
  }
}

}  // namespace adapters
