// ports::Mailer on Amazon SES, version 2: one raw MIME mail for each recipient. Always: the mail
// says which it is in X-Fairlead-Id, because SES writes a Message-ID of its own; a call is never
// repeated by itself, for it would be a second mail. unavailable or limited: try again later;
// invalid: never. Source: Amazon SES API v2 Reference, SendEmail.
#pragma once

#include <memory>
#include <string>

#include "ports/mailer.h"

#include "net/aws_client.h"

namespace adapters {

class SesMailer : public ports::Mailer {
 public:
  // configuration_set: where bounces and complaints are told to; empty: nowhere.
  SesMailer(std::shared_ptr<net::AwsClient> client, std::string configuration_set);

  base::Result<void> send(const ports::OutgoingMail& mail) override;
  base::Result<void> probe() override;

 private:
  std::shared_ptr<net::AwsClient> client_;
  std::string configuration_set_;
};

}  // namespace adapters
