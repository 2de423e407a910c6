#include "web/admin.h"

#include "web/replies.h"

namespace web {

using base::Response;

std::optional<Response> health_reply(const app::Tenancy& tenancy, const base::RequestHead& head) {
  const bool reading = head.method == base::Method::get || head.method == base::Method::head;
  if (!reading || (head.path != "/healthz" && head.path != "/readyz")) return std::nullopt;
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
  auto reply = health_reply(tenancy_, request.head);
  return reply ? *std::move(reply) : web::problem(404, "not-found", "There is no such address");
}

StreamStart Admin::open(const base::RequestHead&) {
  return web::problem(404, "not-found", "There is no such address");
}

Shedding Admin::shedding(const base::RequestHead&) {
  return Shedding::last;
}

Response Admin::problem(int status, std::string_view detail) {
  return web::problem(status, {}, detail);
}

}  // namespace web
