#include "web/guards.h"

#include "base/crypto.h"
#include "base/text.h"

#include "app/render_message_pages.h"

#include "web/replies.h"

namespace web {

using base::Error;
using base::Kind;
using base::Response;

namespace {

constexpr const char* missing_credential = "missing-credential";

std::string_view header_or_empty(const Call& call, std::string_view name) {
  return call.request.head.header(name).value_or(std::string_view());
}

bool changes_something(base::Method method) {
  return method != base::Method::get && method != base::Method::head &&
         method != base::Method::options;
}

// A change that a cookie vouches for must come from our own pages. Browsers say where it comes
// from; programs say nothing and hold no cookie of a victim.
bool is_foreign(const Call& call) {
  const auto& head = call.request.head;
  const auto fetch_site = head.header("Sec-Fetch-Site");
  if (fetch_site && *fetch_site != "same-origin" && *fetch_site != "none") return true;
  const auto origin = head.header("Origin");
  if (!origin) return false;
  const auto scheme_end = origin->find("://");
  if (scheme_end == std::string_view::npos) return true;
  std::string_view host = origin->substr(scheme_end + 3);
  host = host.substr(0, host.find(':'));
  return base::lowered(host) != head.host;
}

Response crew_refusal(const Call& call, const Error& error) {
  if (!prefers_html(call.request.head)) return refusal(call, error);
  if (error.kind == Kind::not_found)
    return html_reply(404, app::render_message_page(app::MessagePage::not_found));
  if (error.kind != Kind::unauthenticated && error.kind != Kind::limited)
    return refusal(call, error);
  const bool had_link = error.code != missing_credential;
  const auto page = had_link ? app::MessagePage::dead_link : app::MessagePage::link_needed;
  Response response = html_reply(status_of(error), app::render_message_page(page));
  ask_to_wait(response, call, error);
  return response;
}

Error link_needed() {
  return {Kind::unauthenticated, "Open the personal link in your mail first", missing_credential};
}

// The pass for the charter in the path. A good pass for another charter: not_found, as for one that
// is not there.
base::Result<app::CrewMate> crew_mate(const Call& call, const app::Operations& store) {
  const auto cookie = call.request.head.cookie(crew_cookie);
  if (!cookie) return link_needed();
  bool holds_another = false;
  const auto id = call.path.find("id");
  for (const std::string& token : crew_tokens(call.request.head)) {
    auto mate = app::prove_pass(store, call.world, token, domain::TokenUse::crew_cookie);
    if (!mate && mate.error().kind != Kind::unauthenticated) return mate;
    if (!mate) continue;
    if (id != call.path.end() && mate->charter.text() == id->second) return mate;
    holds_another = true;
  }
  if (holds_another) return base::not_found("There is no such charter");
  return Error{Kind::unauthenticated, "This link is no longer valid", app::wrong_credential};
}

// The first pass that is good: the last one that was opened.
base::Result<app::CrewMate> crew_member(const Call& call, const app::Operations& store) {
  if (!call.request.head.cookie(crew_cookie)) return link_needed();
  for (const std::string& token : crew_tokens(call.request.head)) {
    auto mate = app::prove_pass(store, call.world, token, domain::TokenUse::crew_cookie);
    if (mate || mate.error().kind != Kind::unauthenticated) return mate;
  }
  return Error{Kind::unauthenticated, "This link is no longer valid", app::wrong_credential};
}

struct Caller {
  const GuardDesk& desk;
  const Call& call;
  const domain::TenantId& tenant;

  Response operator()(PublicHandler handler) const {
    const auto store = desk.tenancy.operations(tenant);
    return handler({call, store, desk.pages});
  }

  Response operator()(OwnerHandler handler) const {
    const auto store = desk.tenancy.owner(tenant);
    if (!store) return problem(404, "not-found", "There is no such address");
    auto key =
        app::prove_dashboard_token(*store, call.world, header_or_empty(call, "X-Dashboard-Token"));
    if (!key) return refusal(call, counted(call, std::move(key).error()));
    return handler({call, *store, *std::move(key)});
  }

  Response operator()(FeedHandler handler) const {
    const auto store = desk.tenancy.operations(tenant);
    const std::string key = call.request.head.parameter("key").value_or("");
    if (key.empty())
      return problem(401, "missing-credential", "The feed's key is missing from the address");
    const auto right = domain::feed_key_for(call.world.server_key, tenant);
    if (!base::equal_constant_time(key, right))
      return refusal(call, counted(call, {Kind::unauthenticated, "This feed key is not valid here",
                                          app::wrong_credential}));
    return handler({call, store});
  }

  Response operator()(ServiceHandler handler) const {
    const auto store = desk.tenancy.operations(tenant);
    auto key = app::prove_service_key(store, call.world, desk.keys, call.client,
                                      header_or_empty(call, "X-Service-Key"));
    if (!key) return refusal(call, key.error());
    return handler({call, store, *std::move(key)});
  }

  Response operator()(CrewHandler handler) const {
    const auto store = desk.tenancy.operations(tenant);
    return with_mate<CrewCall>(handler, store, crew_mate(call, store));
  }

  Response operator()(MemberHandler handler) const {
    const auto store = desk.tenancy.operations(tenant);
    return with_mate<MemberCall>(handler, store, crew_member(call, store));
  }

  template <class AnyCall, class AnyHandler>
  Response with_mate(AnyHandler handler, const app::Operations& store,
                     const base::Result<app::CrewMate>& mate) const {
    if (!mate) return crew_refusal(call, counted(call, mate.error()));
    if (changes_something(call.request.head.method) && is_foreign(call))
      return problem(403, "foreign-origin", "This request comes from another site");
    return handler(AnyCall{{call}, store, *mate});
  }

  // The router opens streams; admitted whole, this one is on another site only.
  Response operator()(StreamHandler /*handler*/) const {
    return problem(404, "not-found", "There is no such address");
  }
};

}  // namespace

Response guarded(const GuardDesk& desk, const Call& call, const domain::TenantId& tenant,
                 const Handler& handler) {
  return std::visit(Caller{desk, call, tenant}, handler);
}

std::vector<std::string> crew_tokens(const base::RequestHead& head) {
  std::vector<std::string> tokens;
  const auto cookie = head.cookie(crew_cookie);
  if (!cookie) return tokens;
  for (std::string_view token : base::split(*cookie, '.'))
    if (token.size() == domain::token_length && tokens.size() < crew_cookie_passes_max)
      tokens.emplace_back(token);
  return tokens;
}

}  // namespace web
