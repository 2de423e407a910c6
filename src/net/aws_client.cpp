#include "net/aws_client.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace net {

namespace json = base::json;
using base::Result;

namespace {

bool is_about_time(const ClientResponse& response) {
  if (response.status < 400 || response.status >= 500) return false;
  for (const std::string_view word :
       {"RequestTimeTooSkewed", "Signature expired", "Signature not yet current", "RequestExpired"})
    if (response.body.find(word) != std::string::npos) return true;
  return false;
}

std::string bare_name(std::string_view text) {
  text = text.substr(0, text.find(':'));
  const std::size_t hash = text.find('#');
  return std::string(hash == text.npos ? text : text.substr(hash + 1));
}

}  // namespace

AwsClient::AwsClient(AwsService service, std::shared_ptr<AwsCredentialSource> credentials, Now now,
                     const ClientLimits& limits, Left left)
    : service_(std::move(service)),
      credentials_(std::move(credentials)),
      now_(std::move(now)),
      left_(std::move(left)),
      client_(service_.endpoint, limits) {}

Result<ClientResponse> AwsClient::send(const AwsCall& call, std::chrono::milliseconds total) {
  total = std::min(total, left());
  if (total <= std::chrono::milliseconds(0))
    return base::unavailable("no time is left to ask " + service_.name);
  ClientResponse response = TRY(send_once(call, total));
  if (!is_about_time(response)) return response;
  const auto date = base::parse_http_date(response.header("Date").value_or(""));
  if (!date) return response;
  clock_offset_ms_ = (*date - now_()).count();
  return send_once(call, total);
}

Result<ClientResponse> AwsClient::send_once(const AwsCall& call, std::chrono::milliseconds total) {
  const base::Instant now = now_();
  const AwsIdentity identity = TRY(credentials_->current(now));
  const base::AwsSigner signer(identity.credentials, service_.region, service_.name);
  ClientRequest request{call.method, call.path, call.headers, call.body, call.repeat};
  if (!call.query.empty()) request.target += "?" + call.query;
  std::vector<base::Header> signed_headers = call.headers;
  signed_headers.push_back({"Host", service_.endpoint.authority()});
  const std::string payload = base::hex(base::bytes_of(base::sha256(call.body)));
  const auto added =
      TRY(signer.signature_headers({call.method, call.path, call.query, &signed_headers, payload},
                                   now + std::chrono::milliseconds(clock_offset_ms_.load())));
  request.headers.insert(request.headers.end(), added.begin(), added.end());
  return client_.send(request, total);
}

Result<AwsService> aws_service(const AwsServiceName& name, const std::string& region,
                               const AwsCredentialSource::Environment& environment) {
  std::string where = region;
  for (const char* variable : {"AWS_REGION", "AWS_DEFAULT_REGION"})
    if (where.empty()) where = environment(variable);
  if (where.empty())
    return base::invalid("aws.region", "is needed: here, or as AWS_REGION in the environment");
  std::string address = environment(("AWS_ENDPOINT_URL_" + name.id).c_str());
  if (address.empty()) address = environment("AWS_ENDPOINT_URL");
  if (address.empty()) address = "https://" + name.host + "." + where + ".amazonaws.com";
  return AwsService{name.signed_as, where, TRY(Endpoint::parse(address))};
}

std::string aws_error_name(const ClientResponse& response) {
  if (const auto header = response.header("x-amzn-ErrorType")) return bare_name(*header);
  const auto body = base::parse_json_object(response.body);
  if (!body) return xml_text(response.body, "Code");
  for (const char* member : {"__type", "code", "Code"})
    if (const auto* value = body->if_contains(member); value && value->is_string())
      return bare_name(value->get_string());
  return {};
}

std::string xml_text(std::string_view xml, std::string_view element) {
  const std::string opening = "<" + std::string(element) + ">";
  const std::size_t start = xml.find(opening);
  if (start == xml.npos) return {};
  const std::size_t end = xml.find('<', start + opening.size());
  return std::string(xml.substr(start + opening.size(), end - start - opening.size()));
}

}  // namespace net
