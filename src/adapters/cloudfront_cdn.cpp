#include "adapters/cloudfront_cdn.h"

#include "base/html.h"
#include "base/json.h"
#include "base/text.h"

namespace adapters {

using base::Error;
using base::Kind;
using base::Result;

namespace {

constexpr std::chrono::milliseconds call_timeout{10'000};

std::string batch_of(const std::vector<std::string>& paths, const std::string& reference) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
      "<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths>"
      "<Quantity>" +
      std::to_string(paths.size()) + "</Quantity><Items>";
  for (const std::string& path : paths) xml += "<Path>" + base::html::escaped(path) + "</Path>";
  return xml + "</Items></Paths><CallerReference>" + base::html::escaped(reference) +
         "</CallerReference></InvalidationBatch>";
}

bool is_throttled(int status, std::string_view code) {
  return status == 429 || code == "TooManyInvalidationsInProgress" ||
         code.starts_with("Throttling") || code == "TooManyRequestsException" ||
         code == "ServiceUnavailable" || code == "SlowDown";
}

// Keys that are over or not known yet; Systems Manager says so with 400.
bool is_about_keys(std::string_view code) {
  return code.starts_with("ExpiredToken") || code.starts_with("InvalidSignature") ||
         code.starts_with("UnrecognizedClient") || code == "IncompleteSignature";
}

// A right that is missing may be given later: the record of what is owed waits.
Error refusal_of(const char* service, const net::ClientResponse& response) {
  const std::string code = net::aws_error_name(response);
  const std::string what =
      std::string(service) + ": " + std::to_string(response.status) + " " + code;
  if (is_throttled(response.status, code)) return {Kind::limited, what};
  if (response.status >= 500 || response.status == 401 || response.status == 403 ||
      code == "AccessDeniedException" || is_about_keys(code))
    return base::unavailable(what);
  return {Kind::invalid, what};
}

}  // namespace

CloudfrontCdn::CloudfrontCdn(std::shared_ptr<net::AwsClient> cloudfront,
                             std::shared_ptr<net::AwsClient> ssm, std::string distributions)
    : cloudfront_(std::move(cloudfront)),
      ssm_(std::move(ssm)),
      distributions_(std::move(distributions)) {}

Result<void> CloudfrontCdn::purge(const domain::TenantId& tenant,
                                  const std::vector<std::string>& paths,
                                  const std::string& reference) {
  if (paths.empty()) return {};
  const std::string distribution = TRY(distribution_of(tenant));
  if (distribution.empty()) return {};
  net::AwsCall call;
  call.path = "/2020-05-31/distribution/" + base::percent_encoded(distribution) + "/invalidation";
  call.headers = {{"Content-Type", "application/xml"}};
  call.body = batch_of(paths, reference);
  const net::ClientResponse response = TRY(cloudfront_->send(call, call_timeout));
  if (response.status == 201 || response.status == 200) return {};
  return refusal_of("CloudFront", response);
}

Result<std::string> CloudfrontCdn::distribution_of(const domain::TenantId& tenant) {
  const base::Instant now = ssm_->now();
  {
    const std::scoped_lock lock(mutex_);
    const auto found = known_.find(tenant);
    if (found != known_.end() && now < found->second.until) return found->second.distribution;
  }
  std::string distribution = TRY(look_up(tenant));
  const std::scoped_lock lock(mutex_);
  known_[tenant] = {distribution, now + distribution_remembered};
  return distribution;
}

Result<std::string> CloudfrontCdn::look_up(const domain::TenantId& tenant) {
  net::AwsCall call;
  call.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                  {"X-Amz-Target", "AmazonSSM.GetParameter"}};
  call.body = base::to_text(base::json::object{{"Name", distributions_ + "/" + tenant.text()}});
  const net::ClientResponse response = TRY(ssm_->send(call, call_timeout));
  if (response.status != 200) {
    if (net::aws_error_name(response) == "ParameterNotFound") return std::string();
    return refusal_of("Systems Manager", response);
  }
  const base::json::object body = TRY(base::parse_json_object(response.body));
  const auto* parameter = body.if_contains("Parameter");
  const auto* value =
      parameter && parameter->is_object() ? parameter->get_object().if_contains("Value") : nullptr;
  if (!value || !value->is_string())
    return base::unavailable("Systems Manager: a parameter without a value");
  return std::string(base::trimmed(value->get_string()));
}

}  // namespace adapters
