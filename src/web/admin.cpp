#include "web/admin.h"

#include "web/replies.h"

namespace web {

using base::Response;

namespace {

bool is_reading(const base::RequestHead& head) {
  return head.method == base::Method::get || head.method == base::Method::head;
}

}  // namespace

std::optional<Response> health_reply(const app::Tenancy& tenancy, const base::RequestHead& head) {
  if (!is_reading(head) || (head.path != "/healthz" && head.path != "/readyz")) return std::nullopt;
  if (head.path == "/readyz")
    if (auto reached = tenancy.reachable(); !reached) return web::problem(reached.error());
  return json_reply(200, base::json::object{{"status", "ok"}});
}

std::shared_ptr<const ReadyAnswer> Admin::ready(const ReadyQuestion&) {
  return nullptr;
}

Admission Admin::admit(const base::RequestHead&) {
  return {};
}

Response Admin::answer(const base::Request& request) {
  if (auto reply = health_reply(tenancy_, request.head)) return *std::move(reply);
  if (metrics_ && is_reading(request.head) && request.head.path == "/metrics") {
    Response response;
    response.body = metrics_();
    response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.set("Cache-Control", "no-store");
    return response;
  }
  return web::problem(404, "not-found", "There is no such address");
}

StreamStart Admin::open(const base::RequestHead&) {
  return web::problem(404, "not-found", "There is no such address");
}

Shedding Admin::shedding(const base::RequestHead&) {
  return Shedding::last;
}

Response Admin::problem(int status, std::string_view detail, const base::RequestHead* /*head*/) {
  return web::problem(status, {}, detail);
}

}  // namespace web
