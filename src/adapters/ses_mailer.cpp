#include "adapters/ses_mailer.h"

#include "base/crypto.h"
#include "base/json.h"

namespace adapters {

namespace json = base::json;
using base::Error;
using base::Kind;
using base::Result;

namespace {

constexpr std::chrono::milliseconds send_timeout{20'000};

// The one mapping of SES's refusals to retry or give up.
Kind kind_of(int status, const std::string& name) {
  if (status == 429 || name == "LimitExceededException") return Kind::limited;
  // An operator can lift these: the mail is worth keeping until then.
  if (name == "AccountSuspendedException" || name == "SendingPausedException" ||
      name == "MailFromDomainNotVerifiedException")
    return Kind::unavailable;
  // Wrong keys, missing rights: mended in AWS, not in the mail.
  if (status >= 500 || status == 401 || status == 403) return Kind::unavailable;
  return Kind::invalid;
}

std::string message_in(const net::ClientResponse& response) {
  const auto body = base::parse_json_object(response.body);
  if (!body) return {};
  for (const char* member : {"message", "Message"})
    if (const auto* value = body->if_contains(member); value && value->is_string())
      return std::string(value->get_string());
  return {};
}

Result<void> judged(const Result<net::ClientResponse>& answer) {
  if (!answer) return answer.error();
  if (answer->status == 200) return {};
  std::string name = net::aws_error_name(*answer);
  if (name.empty()) name = std::to_string(answer->status);
  const std::string message = message_in(*answer);
  // SES names whom it will not write to; our log and the receipt's reader need no addresses.
  if (message.find("not verified") != message.npos)
    return base::unavailable("SES: " + name +
                             ": the sender's domain is not verified yet, or the account is in the "
                             "sandbox and the recipient is not");
  return Error{kind_of(answer->status, name), "SES: " + name + ": " + message};
}

}  // namespace

SesMailer::SesMailer(std::shared_ptr<net::AwsClient> client, std::string configuration_set)
    : client_(std::move(client)), configuration_set_(std::move(configuration_set)) {}

Result<void> SesMailer::send(const ports::OutgoingMail& mail) {
  json::object body{
      {"FromEmailAddress", mail.sender},
      {"Destination", json::object{{"ToAddresses", json::array{mail.recipient}}}},
      {"Content", json::object{{"Raw", json::object{{"Data", base::base64(mail.message)}}}}}};
  if (!configuration_set_.empty()) body["ConfigurationSetName"] = configuration_set_;
  net::AwsCall call;
  call.path = "/v2/email/outbound-emails";
  call.headers = {{"Content-Type", "application/json"}};
  call.body = base::to_text(body);
  call.repeat = net::ClientRequest::Repeat::once;
  return judged(client_->send(call, send_timeout));
}

Result<void> SesMailer::probe() {
  net::AwsCall call;
  call.method = "GET";
  call.path = "/v2/email/account";
  return judged(client_->send(call, send_timeout));
}

}  // namespace adapters
