#include "transports/lambda_http.h"

#include <algorithm>
#include <memory>

#include "base/address.h"
#include "base/crypto.h"
#include "base/foreign_json.h"
#include "base/text.h"

namespace transports {

namespace json = base::json;
using base::list_in;
using base::object_in;
using base::Request;
using base::Response;
using base::Result;
using base::text_in;

namespace {

constexpr std::size_t answer_bytes_max = 6 * 1024 * 1024 - 64 * 1024;
constexpr std::size_t body_bytes_max = 6 * 1024 * 1024;

// The gateway decodes the path and the router expects it as it was sent.
std::string encoded_path(std::string_view path) {
  std::string encoded;
  for (const std::string_view part : base::split(path, '/'))
    encoded += (encoded.empty() && part.empty() ? "" : "/") + base::percent_encoded(part);
  if (!encoded.starts_with('/')) encoded.insert(0, "/");
  return encoded;
}

std::string bare_host(std::string_view host) {
  return base::lowered(host.substr(0, host.find(':')));
}

void add_headers(Request& request, const json::object& event) {
  if (const json::object* headers = object_in(event, "headers"))
    for (const auto& [name, value] : *headers)
      if (value.is_string())
        request.head.headers.push_back({std::string(name), std::string(value.get_string())});
  const json::array* cookies = list_in(event, "cookies");
  if (!cookies) return;
  std::string line;
  for (const json::value& cookie : *cookies)
    if (cookie.is_string()) line += (line.empty() ? "" : "; ") + std::string(cookie.get_string());
  if (!line.empty()) request.head.headers.push_back({"cookie", line});
}

bool is_believed(const Request& request, const EdgeTrust& trust) {
  const std::string secret(request.head.header(edge_secret_header).value_or(""));
  bool believed = false;
  for (const std::string& one : trust.secrets)
    believed |= !one.empty() && base::equal_constant_time(secret, one);
  return believed;
}

// What the edge vouches for: the site, and who asked. Without its secret the headers are anybody's
// word, and go.
void heed_edge(Request& request, const EdgeTrust& trust) {
  if (is_believed(request, trust)) {
    request.head.host = bare_host(request.head.header(edge_site_header).value_or(""));
    const std::string viewer(request.head.header(edge_viewer_header).value_or(""));
    if (base::address_bytes(viewer)) request.head.peer = viewer;
  }
  std::erase_if(request.head.headers, [](const base::Header& header) {
    return base::equal_ignoring_case(header.name, edge_site_header) ||
           base::equal_ignoring_case(header.name, edge_viewer_header) ||
           base::equal_ignoring_case(header.name, edge_secret_header);
  });
}

}  // namespace

bool is_http_event(const json::object& event) {
  const json::object* context = object_in(event, "requestContext");
  return context && object_in(*context, "http");
}

Result<Request> request_from(const json::object& event, const EdgeTrust& trust) {
  if (text_in(event, "version") != "2.0")
    return base::malformed("an event of the HTTP API that is not of payload version 2.0");
  const json::object* context = object_in(event, "requestContext");
  const json::object* http = context ? object_in(*context, "http") : nullptr;
  if (!http) return base::malformed("an event without requestContext.http");
  Request request;
  request.head.method = base::method_from(text_in(*http, "method"));
  request.head.path = encoded_path(text_in(event, "rawPath"));
  request.head.query = text_in(event, "rawQueryString");
  request.head.peer = text_in(*http, "sourceIp");
  add_headers(request, event);
  heed_edge(request, trust);
  if (request.head.host.empty())
    request.head.host =
        bare_host(request.head.header("host").value_or(text_in(*context, "domainName")));
  request.body = text_in(event, "body");
  const auto* encoded = event.if_contains("isBase64Encoded");
  if (encoded && encoded->is_bool() && encoded->get_bool()) {
    auto bytes = base::base64_decoded(request.body);
    if (!bytes) return base::malformed("a body that is no base64");
    request.body = *std::move(bytes);
  }
  if (request.body.size() > body_bytes_max) return base::malformed("a body that is too large");
  // The gateway may leave the length out; whoever routes asks for it.
  if (!request.body.empty() && !request.head.header("Content-Length"))
    request.head.headers.push_back({"content-length", std::to_string(request.body.size())});
  return request;
}

std::string event_answer(const Response& response) {
  json::object headers;
  json::array cookies;
  for (const base::Header& header : response.headers) {
    const std::string name = base::lowered(header.name);
    if (name == "set-cookie") {
      cookies.emplace_back(header.value);
    } else if (auto* value = headers.if_contains(name)) {
      *value = std::string(value->get_string()) + ", " + header.value;
    } else {
      headers[name] = header.value;
    }
  }
  const bool as_text = base::is_utf8(response.body);
  json::object answer{{"statusCode", response.status},
                      {"headers", std::move(headers)},
                      {"cookies", std::move(cookies)},
                      {"body", as_text ? response.body : base::base64(response.body)},
                      {"isBase64Encoded", !as_text}};
  std::string text = base::to_text(answer);
  if (text.size() <= answer_bytes_max) return text;
  return event_answer(
      {.status = 500, .headers = {}, .body = "the answer is too large for Lambda\n"});
}

namespace {

Response streamed(web::Application& application, const Request& request) {
  web::StreamStart start = application.open(request.head);
  if (auto* response = std::get_if<Response>(&start)) return std::move(*response);
  auto& sink = std::get<std::unique_ptr<web::BodySink>>(start);
  if (auto early = sink->take(request.body)) return *std::move(early);
  return sink->finish();
}

Response answered(web::Application& application, const Request& request) {
  const web::Admission admission = application.admit(request.head);
  if (admission.refusal) return *admission.refusal;
  if (request.body.size() > admission.body_bytes_max)
    return application.problem(413, "The body is too large for this address", &request.head);
  if (admission.body == web::Admission::Body::streamed) return streamed(application, request);
  return application.answer(request);
}

}  // namespace

std::string answer_http(web::Application& application, const json::object& event,
                        const EdgeTrust& trust) {
  const auto request = request_from(event, trust);
  if (!request) return event_answer(application.problem(400, request.error().message, nullptr));
  Response response = answered(application, *request);
  if (request->head.method == base::Method::head) response.body.clear();
  return event_answer(response);
}

}  // namespace transports
