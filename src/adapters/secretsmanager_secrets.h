// Secrets in AWS Secrets Manager: the installation's own key and what the edge proves itself with.
// Always: what is read is handed on and kept nowhere else. Source: AWS Secrets Manager API
// Reference, GetSecretValue.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

#include "net/aws_client.h"

namespace adapters {

enum class SecretStage { current, previous };  // AWSCURRENT, AWSPREVIOUS

class SecretsManagerSecrets {
 public:
  explicit SecretsManagerSecrets(std::shared_ptr<net::AwsClient> client)
      : client_(std::move(client)) {}

  // name: a name or an ARN. nullopt: there is no such secret, or it has no such stage.
  base::Result<std::optional<std::string>> read(const std::string& name, SecretStage stage);

 private:
  std::shared_ptr<net::AwsClient> client_;
};

}  // namespace adapters
