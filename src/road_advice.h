// What an answer that is not the server's own tells of the road before it, in CloudFront's and API
// Gateway's words. Source: Amazon CloudFront Developer Guide, "Control origin requests with a
// policy", "Troubleshooting error responses"; API Gateway Developer Guide.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

#include "net/http_client.h"

namespace fairlead {

inline constexpr std::string_view all_viewer_policy =
    "the origin request policy Managed-AllViewerExceptHostHeader "
    "(b689b0a8-53d0-40ab-baf2-68738e2966ac)";
inline constexpr std::string_view no_caching_policy =
    "the cache policy Managed-CachingDisabled (4135ea2d-6df8-44a3-9df3-4b5a84be39ad)";

// One line, with the cause first. response: any but the server's own.
std::string advice_on(const net::ClientResponse& response);
// No answer at all.
std::string advice_on(const base::Error& error);

bool is_s3s(const net::ClientResponse& response);
// Of a stranger's, fit to be printed: one line, and not a long one.
std::string printable(std::string_view text);

}  // namespace fairlead
