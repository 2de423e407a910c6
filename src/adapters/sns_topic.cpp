#include "adapters/sns_topic.h"

#include "base/json.h"
#include "base/text.h"

namespace adapters {

using base::Error;
using base::Kind;
using base::Result;

namespace {

constexpr std::chrono::milliseconds publish_timeout{10'000};

std::string form_of(const std::vector<base::Header>& fields) {
  std::string form;
  for (const base::Header& field : fields)
    form += (form.empty() ? "" : "&") + field.name + "=" + base::percent_encoded(field.value);
  return form;
}

}  // namespace

SnsTopic::SnsTopic(std::shared_ptr<net::AwsClient> client, std::string topic_arn)
    : client_(std::move(client)), topic_arn_(std::move(topic_arn)) {}

Result<ports::Topic::Reach> SnsTopic::announce(const ports::CrewAnnouncement& announcement) {
  const std::string message =
      base::to_text(base::json::object{{"tenant", announcement.tenant.text()},
                                       {"charter", announcement.charter.text()},
                                       {"revision", announcement.revision}});
  net::AwsCall call;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  call.body =
      form_of({{"Action", "Publish"},
               {"Version", "2010-03-31"},
               {"TopicArn", topic_arn_},
               {"Message", message},
               {"MessageAttributes.entry.1.Name", "tenant"},
               {"MessageAttributes.entry.1.Value.DataType", "String"},
               {"MessageAttributes.entry.1.Value.StringValue", announcement.tenant.text()}});
  const net::ClientResponse response = TRY(client_->send(call, publish_timeout));
  if (response.status == 200) return Reach::sent;
  const std::string code = net::xml_text(response.body, "Code");
  const bool may_pass = response.status >= 500 || response.status == 429 ||
                        response.status == 403 || code == "Throttling" || code == "Throttled";
  return Error{may_pass ? Kind::unavailable : Kind::invalid,
               "SNS: " + code + ": " + net::xml_text(response.body, "Message")};
}

}  // namespace adapters
