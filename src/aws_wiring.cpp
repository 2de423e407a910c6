#include "aws_wiring.h"

#include <thread>

#include "adapters/dynamo_store.h"
#include "adapters/s3_objects.h"
#include "adapters/ses_mailer.h"

namespace fairlead {

using base::Result;
using net::environment_variable;

namespace {

// One source for the whole process: credentials are fetched once, whoever needs them.
std::shared_ptr<net::AwsCredentialSource> credentials() {
  static const auto source = std::make_shared<net::AwsCredentialSource>(environment_variable);
  return source;
}

std::shared_ptr<net::AwsClient> client_to(net::AwsService service, ports::Clock& clock) {
  return std::make_shared<net::AwsClient>(std::move(service), credentials(),
                                          [&clock] { return clock.now(); });
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

}  // namespace fairlead
