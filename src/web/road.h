// Road: what arrives of a request, told to whoever asks whether the road to this server eats any of
// it (`fairlead doctor --url`). Always: names alone, from a fixed list, and only of what carries
// the doctor's own word; on any host and by any method; nothing is looked up but whether the host
// is a site, nothing is changed, and no answer may be kept. Refuses: bodies over
// road_body_bytes_max.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "web/application.h"
#include "web/site_finder.h"

namespace web {

inline constexpr std::string_view road_path = "/healthz/road";
inline constexpr std::string_view road_word = "fairlead-road-probe";
inline constexpr std::size_t road_body_bytes_max = 4096;
inline constexpr std::size_t road_nonce_bytes_max = 64;

// What fairlead's own addresses need to see. Cookie and Authorization are here because proxies
// treat them apart from all others.
inline constexpr std::array<std::string_view, 10> road_headers = {
    "X-Dashboard-Token", "X-Service-Key", "Authorization", "Cookie", "Idempotency-Key",
    "If-Match",          "If-None-Match", "Origin",        "Accept", "Content-Type"};

// {"road":"fairlead","answer":RANDOM,"nonce":"…","method":"GET","site":"ops","query":true,
//  "headers":["Cookie",…],"body_bytes":0}
// answer: of this answer alone, so that a kept one shows. nonce: of the query. site: null where
// none of this name is served here, "api" at an API host. nullopt: another address.
std::optional<base::Response> road_reply(const SiteFinder& sites, const app::World& world,
                                         const base::Request& request);

}  // namespace web
