#include "transports/lambda_runtime.h"

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"

namespace transports {

namespace json = base::json;
using base::Error;
using base::Result;

namespace {

constexpr const char* base_path = "/2018-06-01/runtime/";
// The platform freezes a function that waits for work; it may wait for days.
constexpr std::chrono::hours waits_for_work{24 * 30};

net::ClientLimits runtime_limits() {
  net::ClientLimits limits;
  limits.total = waits_for_work;
  limits.answer_bytes_max = 8 * 1024 * 1024;
  limits.kept = waits_for_work;
  return limits;
}

std::string described(const Error& error, const std::string& type) {
  std::string message;
  for (const base::Fault& fault : error.faults)
    message += (message.empty() ? "" : "; ") + fault.field + ": " + fault.message;
  return base::to_text(json::object{{"errorMessage", message.empty() ? error.message : message},
                                    {"errorType", type},
                                    {"stackTrace", json::array{}}});
}

std::string type_of(const Error& error) {
  switch (error.kind) {
    case base::Kind::unavailable:
      return "Fairlead.Unavailable";
    case base::Kind::malformed:
    case base::Kind::invalid:
      return "Fairlead.BadEvent";
    default:
      return "Fairlead.Failed";
  }
}

}  // namespace

Result<LambdaRuntime> LambdaRuntime::at(const std::string& api) {
  return LambdaRuntime(
      net::HttpClient(TRY(net::Endpoint::parse("http://" + api)), runtime_limits()));
}

Result<LambdaEvent> LambdaRuntime::next() {
  net::ClientRequest request;
  request.target = base_path + std::string("invocation/next");
  net::ClientResponse response = TRY(client_.send(request));
  if (response.status != 200)
    return base::unavailable("the Runtime API answers " + std::to_string(response.status));
  LambdaEvent event;
  event.request_id = std::string(response.header("Lambda-Runtime-Aws-Request-Id").value_or(""));
  const auto deadline =
      base::parse_unsigned(response.header("Lambda-Runtime-Deadline-Ms").value_or("0"));
  event.deadline =
      std::chrono::system_clock::time_point(std::chrono::milliseconds(deadline.value_or(0)));
  event.body = std::move(response.body);
  if (event.request_id.empty()) return base::unavailable("an invocation without an id");
  return event;
}

Result<void> LambdaRuntime::post(const std::string& path, const std::string& body,
                                 const std::string& error_type) {
  net::ClientRequest request;
  request.method = "POST";
  request.target = base_path + path;
  request.headers = {{"Content-Type", "application/json"}};
  if (!error_type.empty())
    request.headers.push_back({"Lambda-Runtime-Function-Error-Type", error_type});
  request.body = body;
  const net::ClientResponse response = TRY(client_.send(request));
  // 413: the answer was too large, and the invocation has failed by that; 4xx: it is over already.
  if (response.status >= 500) return base::unavailable("the Runtime API wants an end");
  if (response.status >= 400)
    base::log::error("the Runtime API refuses an answer",
                     {{"status", std::to_string(response.status)}});
  return {};
}

void LambdaRuntime::report_start_failure(const Error& error) {
  const auto told = post("init/error", described(error, "Fairlead.Start"), "Fairlead.Start");
  if (!told) base::log::error("cannot tell of a failed start", {{"reason", told.error().message}});
}

Result<void> LambdaRuntime::run(const Handler& handler) {
  while (true) {
    const LambdaEvent event = TRY(next());
    const auto answer = handler(event);
    const std::string path = "invocation/" + event.request_id;
    if (answer) {
      TRY(post(path + "/response", *answer, {}));
      continue;
    }
    const std::string type = type_of(answer.error());
    base::log::error("an invocation failed", {{"reason", answer.error().message}});
    TRY(post(path + "/error", described(answer.error(), type), type));
  }
}

}  // namespace transports
