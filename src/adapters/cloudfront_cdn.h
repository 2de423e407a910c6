// ports::Cdn on Amazon CloudFront. Which distribution serves a tenant's guests stands in a
// parameter of AWS Systems Manager, {distributions}/{tenant}, written by whoever made the
// distribution. Always: one invalidation a purge; what a parameter says, and that there is none, is
// believed for five minutes. Refuses (invalid): what CloudFront finds wrong with the request
// itself. Sources: Amazon CloudFront API Reference, CreateInvalidation (2020-05-31); AWS Systems
// Manager API Reference, GetParameter.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "ports/cdn.h"

#include "net/aws_client.h"

namespace adapters {

inline constexpr std::chrono::minutes distribution_remembered{5};

class CloudfrontCdn : public ports::Cdn {
 public:
  // cloudfront: signed for us-east-1, wherever the rest is. distributions: "/fairlead/boats".
  CloudfrontCdn(std::shared_ptr<net::AwsClient> cloudfront, std::shared_ptr<net::AwsClient> ssm,
                std::string distributions);

  base::Result<void> purge(const domain::TenantId& tenant, const std::vector<std::string>& paths,
                           const std::string& reference) override;

 private:
  struct Known {
    std::string distribution;  // empty: the tenant has none
    base::Instant until;
  };

  base::Result<std::string> distribution_of(const domain::TenantId& tenant);
  base::Result<std::string> look_up(const domain::TenantId& tenant);

  std::shared_ptr<net::AwsClient> cloudfront_;
  std::shared_ptr<net::AwsClient> ssm_;
  std::string distributions_;
  std::mutex mutex_;
  std::map<domain::TenantId, Known> known_;
};

}  // namespace adapters
