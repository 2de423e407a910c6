#include "web/road.h"

#include <algorithm>

#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::RequestHead;
using base::Response;

namespace {

constexpr std::size_t answer_bytes = 10;

// Nothing of a stranger's is echoed but such a word.
std::string nonce_of(const RequestHead& head) {
  const std::string nonce = head.parameter("nonce").value_or("");
  const bool plain = nonce.size() <= road_nonce_bytes_max && std::ranges::all_of(nonce, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                     });
  return plain ? nonce : std::string();
}

json::array arrived(const RequestHead& head) {
  json::array names;
  for (const std::string_view name : road_headers)
    if (head.header(name).value_or("").find(road_word) != std::string_view::npos)
      names.emplace_back(name);
  return names;
}

base::Result<json::value> site_in(const SiteFinder& sites, const RequestHead& head) {
  if (sites.is_api_host(head.host)) return json::value("api");
  const auto site = TRY(sites.find(head));
  return site ? json::value(domain::name_of(site->kind)) : json::value(nullptr);
}

Response told(const SiteFinder& sites, const app::World& world, const base::Request& request) {
  const RequestHead& head = request.head;
  if (request.body.size() > road_body_bytes_max)
    return problem(413, {}, "This address takes bodies of 4 KiB");
  const json::value site = WEB_TRY(site_in(sites, head));
  const bool of_doctor = head.parameter("road") == road_word;
  const json::object body{{"road", "fairlead"},
                          {"answer", world.random_text(answer_bytes)},
                          {"nonce", of_doctor ? nonce_of(head) : std::string()},
                          {"method", base::name_of(head.method)},
                          {"site", site},
                          {"query", of_doctor},
                          {"headers", arrived(head)},
                          {"body_bytes", request.body.size()}};
  return json_reply(200, body);
}

}  // namespace

std::optional<Response> road_reply(const SiteFinder& sites, const app::World& world,
                                   const base::Request& request) {
  if (request.head.path != road_path) return std::nullopt;
  Response response = told(sites, world, request);
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace web
