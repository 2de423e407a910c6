// ports::Topic on Amazon SNS. The message is {"tenant","charter","revision"} and nothing of a
// person; the tenant stands in an attribute too, for filters. unavailable: try again later;
// invalid: never. Source: Amazon SNS API Reference, Publish (query protocol, 2010-03-31).
#pragma once

#include <memory>
#include <string>

#include "ports/topic.h"

#include "net/aws_client.h"

namespace adapters {

class SnsTopic : public ports::Topic {
 public:
  SnsTopic(std::shared_ptr<net::AwsClient> client, std::string topic_arn);

  base::Result<Reach> announce(const ports::CrewAnnouncement& announcement) override;

 private:
  std::shared_ptr<net::AwsClient> client_;
  std::string topic_arn_;
};

}  // namespace adapters
