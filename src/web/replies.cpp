#include "web/replies.h"

#include "base/log.h"

namespace web {

namespace json = base::json;
using base::Error;
using base::Kind;
using base::Response;

namespace {

constexpr std::string_view problem_type = "application/problem+json";

std::string_view default_code(int status) {
  switch (status) {
    case 400:
      return "malformed-request";
    case 401:
      return "missing-credential";
    case 403:
      return "denied";
    case 404:
      return "not-found";
    case 405:
      return "method-not-allowed";
    case 409:
      return "conflict";
    case 413:
      return "body-too-large";
    case 415:
      return "unsupported-media-type";
    case 421:
      return "unknown-host";
    case 422:
      return "invalid-request";
    case 429:
      return "too-many-requests";
    case 503:
      return "unavailable";
    case 505:
      return "http-version-not-supported";
    default:
      return status >= 500 ? "internal-error" : "refused";
  }
}

Response problem_reply(int status, std::string_view code, std::string_view detail,
                       const std::vector<base::Fault>& faults) {
  json::object body{
      {"type", "urn:fairlead:problem:" + std::string(code.empty() ? default_code(status) : code)},
      {"title", base::reason_of(status)},
      {"status", status},
      {"detail", detail}};
  if (!faults.empty()) {
    json::array errors;
    for (const base::Fault& fault : faults)
      errors.push_back(json::object{{"field", fault.field}, {"message", fault.message}});
    body["errors"] = std::move(errors);
  }
  Response response;
  response.status = status;
  response.body = base::to_text(body);
  response.set("Content-Type", problem_type);
  if (status == 503) response.set("Retry-After", "1");
  return response;
}

}  // namespace

int status_of(const Error& error) {
  switch (error.kind) {
    case Kind::malformed:
      return 400;
    case Kind::invalid:
      return 422;
    case Kind::unauthenticated:
      return 401;
    case Kind::denied:
      return 403;
    case Kind::not_found:
      return 404;
    case Kind::conflict:
      return 409;
    case Kind::limited:
      return 429;
    case Kind::unavailable:
      return 503;
    case Kind::internal:
      return 500;
  }
  return 500;
}

Response json_reply(int status, const json::value& body) {
  return json_text_reply(status, base::to_text(body));
}

Response json_text_reply(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("Content-Type", "application/json");
  return response;
}

Response html_reply(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("Content-Type", "text/html; charset=utf-8");
  return response;
}

Response redirect(int status, std::string_view location) {
  Response response;
  response.status = status;
  response.set("Location", location);
  return response;
}

Response problem(const Error& error) {
  const int status = status_of(error);
  // What cannot be read at all has no fields yet: the body is at fault as a whole.
  if (error.kind == Kind::malformed && error.faults.empty())
    return problem_reply(status, error.code, error.message, {{"body", error.message}});
  if (error.kind != Kind::internal)
    return problem_reply(status, error.code, error.message, error.faults);
  // What broke inside is for the log, not for the caller.
  base::log::error("internal error", {{"reason", error.message}});
  return problem_reply(status, {}, "Something went wrong here; nothing was changed", {});
}

Response problem(int status, std::string_view code, std::string_view detail) {
  std::vector<base::Fault> faults;
  if (status == 413) faults.push_back({"body", std::string(detail)});
  return problem_reply(status, code, detail, faults);
}

namespace {

constexpr std::string_view policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

}  // namespace

void allow_posts_to(Response& response, const std::string& origin) {
  if (origin.empty()) return;
  constexpr std::string_view own = "connect-src 'self'";
  std::string widened(policy);
  widened.insert(widened.find(own) + own.size(), " " + origin);
  response.set("Content-Security-Policy", widened);
}

void add_common_headers(Response& response) {
  const std::pair<std::string_view, std::string_view> common[] = {
      {"Cache-Control", "no-store"},
      {"Content-Security-Policy", policy},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"X-Robots-Tag", "noindex, nofollow"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Strict-Transport-Security", "max-age=31536000"},
  };
  for (const auto& [name, value] : common)
    if (!response.header(name)) response.set(name, value);
}

bool prefers_html(const base::RequestHead& head) {
  const auto accept = head.header("Accept");
  return accept && accept->find("text/html") != std::string_view::npos;
}

}  // namespace web
