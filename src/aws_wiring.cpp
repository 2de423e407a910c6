#include "aws_wiring.h"

#include <atomic>
#include <thread>

#include "adapters/cloudfront_cdn.h"
#include "adapters/dynamo_store.h"
#include "adapters/s3_objects.h"
#include "adapters/secretsmanager_secrets.h"
#include "adapters/server_key.h"
#include "adapters/ses_mailer.h"
#include "adapters/sns_topic.h"

namespace fairlead {

using base::Result;
using net::environment_variable;
using std::chrono::steady_clock;

namespace {

// One source for the whole process: credentials are fetched once, whoever needs them.
std::shared_ptr<net::AwsCredentialSource> credentials() {
  static const auto source = std::make_shared<net::AwsCredentialSource>(environment_variable);
  return source;
}

std::atomic<steady_clock::time_point> calls_end = steady_clock::time_point::max();

std::chrono::milliseconds time_left() {
  const auto end = calls_end.load();
  if (end == steady_clock::time_point::max()) return std::chrono::milliseconds::max();
  return std::chrono::duration_cast<std::chrono::milliseconds>(end - steady_clock::now());
}

std::shared_ptr<net::AwsClient> client_to(net::AwsService service, ports::Clock& clock) {
  return std::make_shared<net::AwsClient>(
      std::move(service), credentials(), [&clock] { return clock.now(); }, net::ClientLimits{},
      time_left);
}

// One client, so that the secrets of a process are read over one connection.
Result<adapters::SecretsManagerSecrets> secrets_of(const Config& config, ports::Clock& clock) {
  static std::shared_ptr<net::AwsClient> client;
  if (!client) {
    auto service = TRY(net::aws_service({"secretsmanager", "secretsmanager", "SECRETS_MANAGER"},
                                        config.aws.region, environment_variable));
    client = client_to(std::move(service), clock);
  }
  return adapters::SecretsManagerSecrets(client);
}

}  // namespace

Result<std::unique_ptr<ports::Store>> open_dynamo_store(const Config& config, ports::Clock& clock,
                                                        ports::Entropy& entropy) {
  auto service = TRY(net::aws_service({"dynamodb", "dynamodb", "DYNAMODB"}, config.aws.region,
                                      environment_variable));
  const auto sleep = [](std::chrono::milliseconds span) { std::this_thread::sleep_for(span); };
  adapters::DynamoCalls calls(client_to(std::move(service), clock), entropy, sleep);
  return std::unique_ptr<ports::Store>(std::make_unique<adapters::DynamoStore>(
      std::move(calls), adapters::DynamoTables{config.store.operations, config.store.owner_only},
      clock, entropy));
}

Result<std::unique_ptr<ports::Objects>> open_s3_objects(const Config& config, ports::Clock& clock) {
  const auto service =
      TRY(net::aws_service({"s3", "s3", "S3"}, config.aws.region, environment_variable));
  adapters::S3Buckets buckets{config.objects.pages, config.objects.photos,
                              adapters::S3Buckets::Style::path};
  // AWS wants the bucket in the host's name; whatever stands in for it, in the path.
  const bool on_aws = service.endpoint.host.ends_with(".amazonaws.com");
  if (on_aws) buckets.style = adapters::S3Buckets::Style::host;
  const auto client_of = [&](const std::string& bucket) {
    net::AwsService here = service;
    if (on_aws) here.endpoint.host = bucket + "." + here.endpoint.host;
    return client_to(std::move(here), clock);
  };
  auto pages = client_of(buckets.pages);
  auto photos = client_of(buckets.photos);
  return std::unique_ptr<ports::Objects>(std::make_unique<adapters::S3Objects>(
      std::move(pages), std::move(photos), std::move(buckets)));
}

Result<std::unique_ptr<ports::Mailer>> open_ses_mailer(const Config& config, ports::Clock& clock) {
  auto service =
      TRY(net::aws_service({"ses", "email", "SESV2"}, config.aws.region, environment_variable));
  return std::unique_ptr<ports::Mailer>(std::make_unique<adapters::SesMailer>(
      client_to(std::move(service), clock), config.mail.configuration_set));
}

Result<std::unique_ptr<ports::Topic>> open_sns_topic(const Config& config, ports::Clock& clock) {
  auto service =
      TRY(net::aws_service({"sns", "sns", "SNS"}, config.aws.region, environment_variable));
  return std::unique_ptr<ports::Topic>(
      std::make_unique<adapters::SnsTopic>(client_to(std::move(service), clock), config.topic.arn));
}

Result<std::unique_ptr<ports::Cdn>> open_cloudfront_cdn(const Config& config, ports::Clock& clock) {
  // Not of a region: its one endpoint is signed for as if it stood in this one.
  auto cloudfront = TRY(net::aws_service({"cloudfront", "cloudfront", "CLOUDFRONT"}, "us-east-1",
                                         environment_variable));
  if (cloudfront.endpoint.host == "cloudfront.us-east-1.amazonaws.com")
    cloudfront.endpoint.host = "cloudfront.amazonaws.com";
  auto ssm = TRY(net::aws_service({"ssm", "ssm", "SSM"}, config.aws.region, environment_variable));
  return std::unique_ptr<ports::Cdn>(std::make_unique<adapters::CloudfrontCdn>(
      client_to(std::move(cloudfront), clock), client_to(std::move(ssm), clock),
      config.cdn.distributions));
}

Result<std::string> read_server_key(const Config& config, ports::Clock& clock) {
  auto secrets = TRY(secrets_of(config, clock));
  const auto text = TRY(secrets.read(config.secrets.server_key, adapters::SecretStage::current));
  auto key = text ? adapters::server_key_from(*text) : std::nullopt;
  if (!key)
    return base::invalid("secrets.server_key",
                         "must name a secret that holds 64 hexadecimal digits");
  return *std::move(key);
}

Result<std::vector<std::string>> read_edge_secrets(const Config& config, ports::Clock& clock) {
  std::vector<std::string> found;
  if (config.secrets.edge.empty()) return found;
  auto secrets = TRY(secrets_of(config, clock));
  for (const auto stage : {adapters::SecretStage::current, adapters::SecretStage::previous})
    if (auto text = TRY(secrets.read(config.secrets.edge, stage)); text && !text->empty())
      found.push_back(*std::move(text));
  if (found.empty()) return base::invalid("secrets.edge", "names no secret that is there");
  return found;
}

void end_calls_by(steady_clock::time_point when) {
  calls_end = when;
}

}  // namespace fairlead
