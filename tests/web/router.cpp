// What holds for every address: hosts, methods, bodies, credentials, headers, and the shape of a
// refusal.
#include "web/router.h"

#include "app/rotate_credential.h"

#include "web/replies.h"
#include "web/routes.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

class Routing : public WebTest {
 protected:
  std::string host_of(domain::SiteKind site) const {
    switch (site) {
      case domain::SiteKind::ops:
        return jada().sites().ops;
      case domain::SiteKind::crew:
        return jada().sites().crew;
      case domain::SiteKind::guest:
        return jada().sites().guest;
    }
    return "";
  }
  // A request for this route that nothing but its guard could refuse to look at.
  Ask request_for(const Route& route) const {
    std::string target;
    for (std::string_view rest = route.pattern; !rest.empty();) {
      const auto open = rest.find('{');
      target += rest.substr(0, open);
      if (open == std::string_view::npos) break;
      target += "name";
      rest.remove_prefix(rest.find('}') + 1);
    }
    return {route.method, host_of(route.site), target, route.body == Body::small ? "{}" : "", {}};
  }
};

template <class Wanted>
bool is_for(const Route& route) {
  return std::holds_alternative<Wanted>(route.handler);
}

// covers: POST /bookings refused
// covers: ops GET /charters refused
// covers: ops GET /charters/{id} refused
// covers: GET /charters/{id}/receipt refused
// covers: POST /charters/{id}/renew refused
// covers: GET /drift refused
// covers: GET /charters/{id}/settlement refused
// covers: POST /jobs/{id}/replay refused
// covers: POST /calendar refused
// covers: GET /calendar refused
// covers: GET /calendar/key refused bad_input
// covers: DELETE /calendar/{id} refused
// covers: POST /events refused
// covers: GET /events refused
// covers: GET /events/{id} refused
TEST_F(Routing, a_missing_credential_and_a_wrong_one_are_told_apart) {
  for (const Route& route : routes()) {
    const bool owner = is_for<OwnerHandler>(route);
    if (!owner && !is_for<ServiceHandler>(route)) continue;
    const std::string header = owner ? "X-Dashboard-Token" : "X-Service-Key";
    const std::string right = owner ? jada().token : jada().key;
    const std::string foreign = owner ? tern().token : tern().key;
    const Ask bare = request_for(route);
    EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential")) << bare.target;
    EXPECT_TRUE(is_problem(refused(bare.with(header, "")), 401, "missing-credential"));
    // The other door's key under this door's name, and each under a name of its own.
    const std::string other = owner ? jada().key : jada().token;
    const std::string key_id = right.substr(0, right.rfind('.') + 1);
    for (const std::string& wrong :
         {foreign, other, right + "a", right.substr(0, right.size() - 1), key_id,
          key_id + std::string(72, 'a'), key_id + std::string(73, 'a'), std::string("jada"),
          std::string("jada.."), std::string("..."), "tern" + right.substr(4),
          std::string(5000, 'a'), "Bearer " + right, std::string("jada.\xFF.\xFF")})
      EXPECT_TRUE(is_problem(refused(bare.with(header, wrong)), 401, "wrong-credential"))
          << bare.target << " " << wrong.substr(0, 100);
    EXPECT_TRUE(is_problem(refused(bare.with(owner ? "X-Service-Key" : "X-Dashboard-Token", right)),
                           401, "missing-credential"));
  }
}

TEST_F(Routing, two_tokens_live_while_one_takes_over_from_the_other) {
  const auto store = owners().owner(jada().file.tenant.id);
  const auto rotate = [&] {
    return app::rotate_credential(store, world(), app::CredentialKind::dashboard_token).value();
  };
  const Ask bare{get, jada().sites().ops, "/calendar", {}, {}};
  const std::string second = rotate();
  EXPECT_EQ(ask(bare.with("X-Dashboard-Token", jada().token)).status, 200);
  EXPECT_EQ(ask(bare.with("X-Dashboard-Token", second)).status, 200);
  const std::string third = rotate();
  EXPECT_TRUE(
      is_problem(refused(bare.with("X-Dashboard-Token", jada().token)), 401, "wrong-credential"));
  EXPECT_EQ(ask(bare.with("X-Dashboard-Token", third)).status, 200);
}

TEST_F(Routing, an_unknown_host_is_421) {
  for (const char* host : {"nobody.localhost", "", "localhost", "ops.jada.localhost.evil.example",
                           "jada.localhost", "127.0.0.1"})
    for (const char* target : {"/charters", "/g/a.html", "/nothing"}) {
      const Ask call = Ask{get, host, target, {}, {}}.with("X-Dashboard-Token", jada().token);
      EXPECT_TRUE(is_problem(refused(call), 421, "unknown-host")) << host;
    }
}

TEST_F(Routing, each_address_is_on_its_own_site_only) {
  for (const Route& route : routes())
    for (const auto site :
         {domain::SiteKind::ops, domain::SiteKind::crew, domain::SiteKind::guest}) {
      const bool elsewhere = std::any_of(routes().begin(), routes().end(), [&](const Route& one) {
        return one.site == site && match(one.pattern, request_for(route).target);
      });
      if (elsewhere) continue;
      Ask call = request_for(route).with("X-Dashboard-Token", jada().token);
      call.host = host_of(site);
      EXPECT_EQ(refused(call).status, 404) << call.host << call.target;
    }
}

TEST_F(Routing, another_method_is_405_with_what_is_allowed) {
  const struct {
    Method method;
    std::string host;
    const char* target;
    const char* allow;
  } cases[] = {
      {Method::put, jada().sites().ops, "/bookings", "POST"},
      {get, jada().sites().ops, "/bookings", "POST"},
      {Method::head, jada().sites().ops, "/bookings", "POST"},
      {Method::del, jada().sites().ops, "/charters", "GET, HEAD"},
      {Method::options, jada().sites().ops, "/calendar", "GET, HEAD, POST"},
      {get, jada().sites().ops, "/calendar/jada.b1", "DELETE"},
      {Method::patch, jada().sites().crew, "/events", "GET, HEAD, POST"},
      {post, jada().sites().crew, "/c/token", "GET, HEAD"},
      {get, jada().sites().crew, "/charters/jada.x/answer", "POST"},
      {post, jada().sites().guest, "/g/a.html", "GET, HEAD"},
      {Method::other, jada().sites().guest, "/g/a.html", "GET, HEAD"},
  };
  for (const auto& [method, host, target, allow] : cases)
    for (const char* body : {"", "{}"}) {
      const Response response = refused({method, host, target, body, {}});
      EXPECT_TRUE(is_problem(response, 405, "method-not-allowed")) << target << " " << body;
      EXPECT_EQ(header_of(response, "Allow"), allow) << target << " " << body;
    }
}

TEST_F(Routing, what_is_no_address_is_404) {
  for (const char* target : {"/", "/bookings/", "//bookings", "/Bookings", "/charters/a/b/c",
                             "/charters//receipt", "/../bookings", "/metrics", "/.env"})
    for (const std::string& host : {jada().sites().ops, jada().sites().crew}) {
      EXPECT_TRUE(is_problem(refused({get, host, target, {}, {}}), 404, "not-found")) << target;
      EXPECT_EQ(refused({post, host, target, "{}", {}}).status, 404) << target;
      const Response page = refused(Ask{get, host, target, {}, {}}.with("Accept", "text/html"));
      EXPECT_EQ(page.status, 404);
      EXPECT_EQ(header_of(page, "Content-Type"), "text/html; charset=utf-8") << target;
    }
}

TEST_F(Routing, each_route_states_the_body_it_takes) {
  for (const Route& route : routes()) {
    Ask call = request_for(route);
    call.body = "{}";
    const Admission admission = router().admit(head_of(call));
    const bool small = route.body == Body::small;
    EXPECT_FALSE(admission.refusal) << call.target;
    const bool streamed = admission.body == Admission::Body::streamed;
    EXPECT_EQ(streamed, route.body == Body::stream) << call.target;
    if (streamed) continue;  // its sink says what is too much
    EXPECT_EQ(admission.body_bytes_max, small ? 1'048'576U : 0U) << call.target;
    const bool writes = route.method == post || route.method == base::Method::patch ||
                        route.method == base::Method::put;
    EXPECT_EQ(small, writes) << call.target;
    if (small) continue;
    EXPECT_TRUE(is_problem(refused(call), 413, "body-too-large", {"body"})) << call.target;
  }
}

TEST_F(Routing, a_stream_is_one_also_without_a_body_and_is_opened_on_its_own_site_alone) {
  for (const Route& route : routes()) {
    if (route.body != Body::stream) continue;
    base::RequestHead head = head_of(request_for(route));
    EXPECT_EQ(router().admit(head).body, Admission::Body::streamed) << head.path;
    head.host = jada().sites().ops;
    const StreamStart elsewhere = router().open(head);
    ASSERT_TRUE(std::holds_alternative<Response>(elsewhere));
    EXPECT_EQ(std::get<Response>(elsewhere).status, 404);
    EXPECT_TRUE(std::get<Response>(elsewhere).header("X-Content-Type-Options"));
    head.host = "nowhere.example";
    EXPECT_EQ(std::get<Response>(router().open(head)).status, 421);
  }
}

TEST_F(Routing, programs_are_shed_before_people) {
  const auto shedding = [&](base::Method method, const std::string& path) {
    return router().shedding(head_of({method, jada().sites().ops, path, {}, {}}));
  };
  EXPECT_EQ(shedding(post, "/bookings"), Shedding::first);
  EXPECT_EQ(shedding(post, "/events"), Shedding::first);
  EXPECT_EQ(shedding(get, "/nowhere"), Shedding::first);
  EXPECT_EQ(shedding(get, "/g/a.html"), Shedding::last);
  EXPECT_EQ(shedding(get, "/charters/a"), Shedding::last);
  EXPECT_EQ(shedding(post, "/charters/a/answer"), Shedding::last);
  base::RequestHead owner = head_of({get, jada().sites().ops, "/charters/a", {}, {}});
  owner.headers.push_back({"X-Dashboard-Token", "jada.a.b"});
  EXPECT_EQ(router().shedding(owner), Shedding::first);
}

TEST_F(Routing, a_chunked_body_counts_as_one) {
  base::RequestHead head = head_of({post, jada().sites().ops, "/nothing", {}, {}});
  EXPECT_FALSE(router().admit(head).refusal) << "answered later, by host and method";
  head.headers.push_back({"Transfer-Encoding", "chunked"});
  ASSERT_TRUE(router().admit(head).refusal);
  EXPECT_EQ(router().admit(head).refusal->status, 404);
}

TEST_F(Routing, head_is_answered_as_get) {
  const std::string id = book_example();
  for (const std::string& target : {std::string("/charters"), "/charters/" + id}) {
    const Response whole = ask(jada().owner(get, target));
    const Response head = ask(jada().owner(Method::head, target));
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body, whole.body) << "the transport leaves the body out";
  }
}

TEST_F(Routing, health_is_asked_of_any_host) {
  for (const char* host : {"nobody.localhost", "ops.jada.localhost", "10.0.0.1"})
    for (const char* target : {"/healthz", "/readyz"}) {
      const Response response = ask({get, host, target, {}, {}});
      EXPECT_EQ(response.status, 200) << target;
      EXPECT_EQ(response.body, R"({"status":"ok"})");
      EXPECT_GE(ask({post, host, target, {}, {}}).status, 400);
    }
}

TEST_F(Routing, every_answer_carries_the_common_headers) {
  const std::string id = book_example();
  const Ask questions[] = {jada().owner(get, "/charters"),
                           jada().guest("/g/boatsetter-may-30.html"),
                           jada().guest("/g/nothing.html"),
                           jada().crew(get, "/charters/" + id),
                           Ask{get, "nobody.localhost", "/", {}, {}},
                           Ask{post, jada().sites().ops, "/nothing", "{}", {}}};
  for (const Ask& question : questions) {
    const Response response = ask(question);
    const std::pair<const char*, const char*> headers[] = {{"X-Content-Type-Options", "nosniff"},
                                                           {"Referrer-Policy", "no-referrer"},
                                                           {"X-Frame-Options", "DENY"},
                                                           {"X-Robots-Tag", "noindex, nofollow"}};
    for (const auto& [name, value] : headers)
      EXPECT_EQ(header_of(response, name), value) << question.target;
    EXPECT_TRUE(has(header_of(response, "Content-Security-Policy"), "frame-ancestors 'none'"));
    EXPECT_FALSE(header_of(response, "Cache-Control").empty()) << question.target;
  }
}

TEST_F(Routing, a_transports_own_refusals_are_problems_too) {
  for (const auto& [status, code] :
       {std::pair(400, "malformed-request"), std::pair(503, "unavailable"),
        std::pair(500, "internal-error")})
    EXPECT_TRUE(is_problem(router().problem(status, "why", nullptr), status, code));
  EXPECT_TRUE(is_problem(router().problem(413, "why", nullptr), 413, "body-too-large", {"body"}));
  EXPECT_EQ(header_of(router().problem(503, "busy", nullptr), "Retry-After"), "1");
}

TEST_F(Routing, whoever_calls_the_object_store_is_refused_in_its_words) {
  base::RequestHead head = head_of({post, jada().sites().guest, "/o/jada-photos", {}, {}});
  const Response busy = router().problem(503, "busy", &head);
  EXPECT_EQ(busy.header("Content-Type"), "application/xml");
  EXPECT_NE(busy.body.find("<Code>SlowDown</Code>"), std::string::npos);
  const Response broken = router().problem(400, "a chunk without an end", &head);
  EXPECT_NE(broken.body.find("<Code>InvalidRequest</Code>"), std::string::npos);
  EXPECT_NE(broken.body.find("a chunk without an end"), std::string::npos);
  head.path = "/g/a.html";
  EXPECT_EQ(router().problem(503, "busy", &head).header("Content-Type"),
            "application/problem+json");
}

TEST_F(Routing, no_link_is_built_from_the_requests_host) {
  Ask call = jada().owner(post, "/bookings", base::to_text(example_booking()));
  call.headers.push_back({"X-Forwarded-Host", "evil.example"});
  call.headers.push_back({"Forwarded", "host=evil.example"});
  const Response response = ask(call);
  ASSERT_EQ(response.status, 201);
  EXPECT_FALSE(has(response.body, "evil"));
}

TEST(Replies, a_page_may_be_allowed_one_more_origin) {
  Response page;
  allow_posts_to(page, "https://my-photos.s3.eu-west-1.amazonaws.com");
  add_common_headers(page);
  EXPECT_NE(
      page.header("Content-Security-Policy")
          ->find("connect-src 'self' https://my-photos.s3.eu-west-1.amazonaws.com; form-action"),
      std::string_view::npos);
  Response usual;
  allow_posts_to(usual, "");
  add_common_headers(usual);
  EXPECT_NE(usual.header("Content-Security-Policy")->find("connect-src 'self'; form-action"),
            std::string_view::npos);
}

TEST(Replies, have_one_status_for_each_kind_of_error) {
  using base::Kind;
  const std::pair<Kind, int> kinds[] = {
      {Kind::malformed, 400}, {Kind::unauthenticated, 401}, {Kind::denied, 403},
      {Kind::not_found, 404}, {Kind::conflict, 409},        {Kind::invalid, 422},
      {Kind::limited, 429},   {Kind::unavailable, 503},     {Kind::internal, 500}};
  for (const auto& [kind, status] : kinds) EXPECT_EQ(status_of({kind, "why"}), status);
}

TEST(Replies, keep_what_broke_inside_to_the_log) {
  const Response response = problem(base::internal("disk /dev/sda1 says no"));
  EXPECT_TRUE(is_problem(response, 500, "internal-error"));
  EXPECT_FALSE(has(response.body, "sda1"));
}

TEST(Routes, match_segments_and_decode_names) {
  EXPECT_EQ(match("/c/{token}", "/c/a%2Fb")->at("token"), "a/b");
  EXPECT_EQ(match("/charters/{id}/checklist/{item}", "/charters/x/checklist/d1")->at("item"), "d1");
  for (const char* path : {"/c/", "/c", "/c/a/", "/c/a/b", "/C/a", "/c/%", "/c/%0a", "/c/%ff"})
    EXPECT_FALSE(match("/c/{token}", path)) << path;
}

}  // namespace
}  // namespace web::testing
