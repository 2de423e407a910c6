#include "web/router.h"

#include <algorithm>
#include <set>

#include "app/render_message_pages.h"

#include "web/admin.h"
#include "web/guards.h"
#include "web/guest_pages.h"
#include "web/replies.h"
#include "web/road.h"
#include "web/routes.h"
#include "web/s3_replies.h"

namespace web {

using base::Method;
using base::Request;
using base::RequestHead;
using base::Response;

namespace {

// bcrypt on both cores of a small machine at once, never more: one for key ids that exist, one for
// others. Who waits holds a worker (transports/http_options.h has 32), so half of those are the
// most that keys take; beyond that a caller is told to come back.
constexpr int bcrypt_running_max = 1;
constexpr int bcrypt_waiting_max = 7;
constexpr std::size_t proved_keys_max = 4096;
constexpr std::size_t wrong_clients_max = 4096;
// Forms for photos, for each client: a party behind one address sends what a charter holds in a
// quarter of an hour; nobody takes all its places in a moment.
constexpr int client_forms_max = 240;
constexpr std::chrono::minutes client_forms_span{10};

bool announces_body(const RequestHead& head) {
  const auto length = head.header("Content-Length");
  return head.header("Transfer-Encoding") || (length && *length != "0");
}

// HEAD is answered as GET; the transport leaves the body out.
Method asked(const RequestHead& head) {
  return head.method == Method::head ? Method::get : head.method;
}

struct Found {
  const Route* route = nullptr;
  PathValues path;
  std::set<Method> other_methods;  // of routes with this path
};

Found find_route(const RequestHead& head, domain::SiteKind site) {
  Found found;
  for (const Route& route : routes()) {
    if (route.site != site) continue;
    auto values = match(route.pattern, head.path);
    if (!values) continue;
    if (route.method == asked(head)) return {&route, *std::move(values), {}};
    found.other_methods.insert(route.method);
  }
  return found;
}

Response no_such_method(const std::set<Method>& methods) {
  std::vector<std::string> names;
  for (Method method : methods) {
    names.emplace_back(base::name_of(method));
    if (method == Method::get) names.emplace_back("HEAD");
  }
  std::string allow;
  for (const std::string& name : names) allow += (allow.empty() ? "" : ", ") + name;
  Response response = problem(405, "method-not-allowed", "This address takes " + allow);
  response.set("Allow", allow);
  return response;
}

Response no_such_address(const RequestHead& head, domain::SiteKind site) {
  if (site == domain::SiteKind::guest) return no_guest_page(head.path);
  if (prefers_html(head))
    return html_reply(404, app::render_message_page(app::MessagePage::not_found));
  return problem(404, "not-found", "There is no such address");
}

// Programs are who speaks to the API's own host.
bool is_for_programs(const Route& route) {
  return std::holds_alternative<OwnerHandler>(route.handler) ||
         std::holds_alternative<ServiceHandler>(route.handler);
}

// The answer of a stream is counted and carries what every answer carries.
class AnsweredSink final : public BodySink {
 public:
  AnsweredSink(std::unique_ptr<BodySink> inner, Traffic& traffic, const Route* route)
      : inner_(std::move(inner)), traffic_(traffic), route_(route) {}

  std::optional<Response> take(std::string_view bytes) override {
    auto response = inner_->take(bytes);
    if (response) leave(*response);
    return response;
  }
  Response finish() override {
    Response response = inner_->finish();
    leave(response);
    return response;
  }

 private:
  void leave(Response& response) {
    traffic_.count(route_, response.status);
    add_common_headers(response);
  }

  std::unique_ptr<BodySink> inner_;
  Traffic& traffic_;
  const Route* route_;
};

}  // namespace

Router::Router(app::Tenancy tenancy, const app::World& world, PageCache& pages,
               const RouterOptions& options)
    : tenancy_(tenancy),
      sites_(tenancy, options.serving, options.api_hosts),
      world_(world),
      pages_(pages),
      clients_(options.proxies),
      tries_(wrong_clients_max),
      forms_(wrong_clients_max, client_forms_max, client_forms_span),
      keys_{{bcrypt_running_max, bcrypt_waiting_max},
            {bcrypt_running_max, bcrypt_waiting_max},
            {world.entropy->bytes(32), proved_keys_max},
            {world.entropy->bytes(32), proved_keys_max},
            tries_} {}

std::shared_ptr<const ReadyAnswer> Router::ready(const ReadyQuestion& question) {
  if (!question.path.starts_with("/g/") && !question.path.starts_with("/assets/")) return nullptr;
  return pages_.find(question, world_.now());
}

Admission Router::admit(const RequestHead& head) {
  // A stream is one also without a body, and only these methods have streams.
  const bool may_stream = head.method == Method::post || head.method == Method::put;
  if (!announces_body(head) && !may_stream) return {};
  if (head.path == road_path) return {.body_bytes_max = road_body_bytes_max, .refusal = {}};
  bool known = false;
  std::set<Method> other_methods;
  Admission admission;
  admission.client = clients_.of(head);
  for (const Route& route : routes()) {
    if (!match(route.pattern, head.path)) continue;
    other_methods.insert(route.method);
    if (route.method != asked(head)) continue;
    known = true;
    if (route.body == Body::small) admission.body_bytes_max = small_body_bytes_max;
    if (route.body != Body::stream) continue;
    admission.body_bytes_max = stream_body_bytes_max;
    admission.body = Admission::Body::streamed;
  }
  if (!known && announces_body(head)) {
    Response refusal = other_methods.empty()
                           ? web::problem(404, "not-found", "There is no such address")
                           : no_such_method(other_methods);
    add_common_headers(refusal);
    admission.refusal = std::make_shared<Response>(std::move(refusal));
  }
  return admission;
}

Response Router::answer(const Request& request) {
  const Route* taken = nullptr;
  Response response = routed(request, taken);
  traffic_.count(taken, response.status);
  add_common_headers(response);
  return response;
}

StreamStart Router::open(const RequestHead& head) {
  const Route* taken = nullptr;
  StreamStart start = route_stream(head, taken);
  if (auto* sink = std::get_if<std::unique_ptr<BodySink>>(&start))
    return std::make_unique<AnsweredSink>(std::move(*sink), traffic_, taken);
  auto& response = std::get<Response>(start);
  traffic_.count(taken, response.status);
  add_common_headers(response);
  return start;
}

// Pages and what is done on them by people: a handler of theirs, and no token of a program.
Shedding Router::shedding(const RequestHead& head) {
  if (head.header("X-Dashboard-Token") || head.header("X-Service-Key")) return Shedding::first;
  const bool for_people = std::ranges::any_of(routes(), [&](const Route& route) {
    const bool of_theirs = std::holds_alternative<PublicHandler>(route.handler) ||
                           std::holds_alternative<CrewHandler>(route.handler) ||
                           std::holds_alternative<StreamHandler>(route.handler);
    return of_theirs && route.method == asked(head) && match(route.pattern, head.path);
  });
  return for_people ? Shedding::last : Shedding::first;
}

Response Router::problem(int status, std::string_view detail, const RequestHead* head) {
  const bool speaks_s3 = head && head->path.starts_with(domain::object_store_path);
  Response response = speaks_s3 ? s3_problem(status, detail, world_.random_text(10))
                                : web::problem(status, {}, detail);
  add_common_headers(response);
  return response;
}

Response Router::routed(const Request& request, const Route*& route) {
  const RequestHead& head = request.head;
  if (auto healthy = health_reply(tenancy_, head)) return *std::move(healthy);
  if (auto road = road_reply(sites_, world_, request)) return *std::move(road);
  const auto site = WEB_TRY(sites_.find(head));
  if (!site) return no_such_site(head);
  const Found found = find_route(head, site->kind);
  if (!found.route && !found.other_methods.empty()) return no_such_method(found.other_methods);
  if (!found.route) return no_such_address(head, site->kind);
  if (sites_.is_api_host(head.host) && !is_for_programs(*found.route))
    return no_such_address(head, site->kind);
  const std::string name =
      std::string(base::name_of(found.route->method)) + " " + std::string(found.route->pattern);
  route = found.route;
  const std::string client = clients_.of(head);
  const Call call{request, found.path, world_, name, tries_, forms_, client};
  return guarded({tenancy_, keys_, pages_}, call, site->tenant, found.route->handler);
}

Response Router::no_such_site(const RequestHead& head) const {
  if (!sites_.is_api_host(head.host))
    return web::problem(421, "unknown-host", "No site of this name is served here");
  const bool known = std::ranges::any_of(routes(), [&](const Route& route) {
    return sites_.serves(route.site) && is_for_programs(route) && route.method == asked(head) &&
           match(route.pattern, head.path);
  });
  if (!known) return web::problem(404, "not-found", "There is no such address");
  return web::problem(401, "missing-credential",
                      "At this host the credential names the operator, and none arrived");
}

StreamStart Router::route_stream(const RequestHead& head, const Route*& route) {
  const auto site = WEB_TRY(sites_.find(head));
  if (!site || sites_.is_api_host(head.host)) return no_such_site(head);
  const Found found = find_route(head, site->kind);
  const auto* handler = found.route ? std::get_if<StreamHandler>(&found.route->handler) : nullptr;
  if (!handler) return no_such_address(head, site->kind);
  route = found.route;
  const auto store = tenancy_.operations(site->tenant);
  return (*handler)({head, found.path, world_, store});
}

}  // namespace web
