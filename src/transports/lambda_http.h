// API Gateway's HTTP API, payload 2.0, as requests and responses: cookies, base64 bodies, repeated
// headers. Always: who asked and for which site comes from what the edge vouched for (edge secret),
// else from the gateway's own host. Refuses: events of another version; bodies that are no base64;
// responses over Lambda's 6 MB. Source: API Gateway Developer Guide, "AWS Lambda proxy integrations
// for HTTP APIs".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "base/result.h"

#include "web/application.h"

namespace transports {

// What CloudFront adds to a request on its way to the API: which site was asked, by whom, and a
// secret that nobody else knows. Header values, as the distribution sets them.
struct EdgeTrust {
  std::vector<std::string> secrets;  // each is good; empty: no edge is believed
};
inline constexpr std::string_view edge_site_header = "x-fairlead-site";
inline constexpr std::string_view edge_viewer_header = "x-fairlead-viewer";
inline constexpr std::string_view edge_secret_header = "x-fairlead-edge";

bool is_http_event(const base::json::object& event);
// Error kind malformed.
base::Result<base::Request> request_from(const base::json::object& event, const EdgeTrust& trust);
// The JSON that the gateway expects.
std::string event_answer(const base::Response& response);
// The whole of it: the event's request, answered by the application within its limits.
std::string answer_http(web::Application& application, const base::json::object& event,
                        const EdgeTrust& trust);

}  // namespace transports
