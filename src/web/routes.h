// Routes: every address, its site, its guard and its body kind, one line each, in routes.cpp. What
// is not there is not served; the guard is the handler's type, so a route without one does not
// compile.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "web/application.h"
#include "web/calls.h"

namespace web {

using PublicHandler = base::Response (*)(const PublicCall&);
using OwnerHandler = base::Response (*)(const OwnerCall&);
using FeedHandler = base::Response (*)(const FeedCall&);
using ServiceHandler = base::Response (*)(const ServiceCall&);
using CrewHandler = base::Response (*)(const CrewCall&);
using MemberHandler = base::Response (*)(const MemberCall&);
using StreamHandler = StreamStart (*)(const StreamCall&);
using Handler = std::variant<PublicHandler, OwnerHandler, FeedHandler, ServiceHandler, CrewHandler,
                             MemberHandler, StreamHandler>;

// A stream is handed on as it arrives; its handler is a StreamHandler, and no other route's is.
enum class Body { none, small, stream };
inline constexpr std::size_t small_body_bytes_max = 1024 * 1024;
// The door's own bound; what an address takes is said, in its own words, by its sink.
inline constexpr std::size_t stream_body_bytes_max = 1024 * 1024 * 1024;

struct Route {
  base::Method method;
  std::string_view pattern;  // "/charters/{id}"
  domain::SiteKind site;
  Body body;
  Handler handler;
};

std::span<const Route> routes();

// The values of the pattern's names; nullopt when the path does not fit. A name takes one non-empty
// segment, a last one such as {key+} all that is left.
std::optional<PathValues> match(std::string_view pattern, std::string_view path);

}  // namespace web
