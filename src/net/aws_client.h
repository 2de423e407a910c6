// AwsClient: signed calls to one AWS service in one region. Always: each try is signed anew with
// the credentials of that moment; a clock that is off is set right by the answer's own Date, once.
// What to try again is the caller's decision: only it knows what a call does. Source: AWS General
// Reference, "Signature Version 4 signing process".
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

#include "net/aws_credentials.h"
#include "net/http_client.h"

namespace net {

struct AwsService {
  std::string name;    // as it is signed: "dynamodb", "s3", "sns", "ses"
  std::string region;  // "eu-west-1"
  Endpoint endpoint;
};

struct AwsCall {
  std::string method = "POST";
  std::string path = "/";  // encoded
  std::string query;       // encoded, without the question mark
  std::vector<base::Header> headers;
  std::string body;
  ClientRequest::Repeat repeat = ClientRequest::Repeat::harmless;
};

class AwsClient {
 public:
  using Now = std::function<base::Instant()>;
  // How long whoever calls has still to live, where that is limited.
  using Left = std::function<std::chrono::milliseconds()>;

  AwsClient(AwsService service, std::shared_ptr<AwsCredentialSource> credentials, Now now,
            const ClientLimits& limits = {}, Left left = {});

  const AwsService& service() const { return service_; }
  AwsCredentialSource& credentials() { return *credentials_; }
  base::Instant now() const { return now_(); }
  std::chrono::milliseconds left() const {
    return left_ ? left_() : std::chrono::milliseconds::max();
  }
  // Any status is an answer. Errors: those of HttpClient, and unavailable without credentials or
  // without time. total is cut to the time that is left.
  base::Result<ClientResponse> send(const AwsCall& call, std::chrono::milliseconds total);

 private:
  base::Result<ClientResponse> send_once(const AwsCall& call, std::chrono::milliseconds total);

  AwsService service_;
  std::shared_ptr<AwsCredentialSource> credentials_;
  Now now_;
  Left left_;
  HttpClient client_;
  std::atomic<std::int64_t> clock_offset_ms_ = 0;  // of AWS's clock against ours
};

// Where a service is: AWS_ENDPOINT_URL_{id} or AWS_ENDPOINT_URL of the environment, as AWS's own
// tools have it, else https://{host}.{region}.amazonaws.com. Error kind invalid: no region is
// known, or what is set is no address. Source: AWS SDKs and Tools Reference Guide,
// "Service-specific endpoints".
struct AwsServiceName {
  std::string signed_as;  // "ses"
  std::string host;       // "email"
  std::string id;         // "SESV2"
};
base::Result<AwsService> aws_service(const AwsServiceName& name, const std::string& region,
                                     const AwsCredentialSource::Environment& environment);

// The word of an error: what follows '#' and stands before ':' in "__type", "code" or
// x-amzn-ErrorType: "ConditionalCheckFailedException". Empty: none is named.
std::string aws_error_name(const ClientResponse& response);
// "Code" and "Message" of an XML error; empty where they are missing.
std::string xml_text(std::string_view xml, std::string_view element);

}  // namespace net
