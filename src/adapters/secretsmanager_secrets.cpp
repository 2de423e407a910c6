#include "adapters/secretsmanager_secrets.h"

#include "base/json.h"

namespace adapters {

using base::Result;

namespace {

constexpr std::chrono::milliseconds read_timeout{5'000};

}  // namespace

Result<std::optional<std::string>> SecretsManagerSecrets::read(const std::string& name,
                                                               SecretStage stage) {
  net::AwsCall call;
  call.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                  {"X-Amz-Target", "secretsmanager.GetSecretValue"}};
  call.body = base::to_text(base::json::object{
      {"SecretId", name},
      {"VersionStage", stage == SecretStage::current ? "AWSCURRENT" : "AWSPREVIOUS"}});
  const net::ClientResponse response = TRY(client_->send(call, read_timeout));
  if (response.status != 200) {
    const std::string error = net::aws_error_name(response);
    if (error == "ResourceNotFoundException") return std::optional<std::string>();
    return base::unavailable("Secrets Manager, " + name + ": " + error);
  }
  const auto body = TRY(base::parse_json_object(response.body));
  const auto* secret = body.if_contains("SecretString");
  if (!secret || !secret->is_string()) return base::internal("the secret " + name + " is no text");
  return std::optional(std::string(secret->get_string()));
}

}  // namespace adapters
