// The crew site for people: magic link, cookie, page, answer, checklist.
#include "base/assets.h"

#include "web/routes.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr const char* form_type = "application/x-www-form-urlencoded";

class CrewSite : public WebTest {
 protected:
  CrewSite() {
    charter_ = book_example();
    run_jobs();
    ana_ = cookie_of(jada(), charter_, "ana");
  }

  std::string path(const std::string& below = "") const { return "/charters/" + charter_ + below; }
  Ask page(const std::string& cookie) {
    return jada().crew(get, path()).with("Cookie", cookie).with("Accept", "text/html");
  }
  Ask sending(const std::string& below, const std::string& body) {
    return jada().crew(post, path(below), body).with("Cookie", ana_);
  }
  Ask form(const std::string& below, const std::string& body) {
    return sending(below, body).with("Content-Type", form_type);
  }
  bool page_shows(std::string_view part) { return has(ask(page(ana_)).body, part); }

  std::string charter_;
  std::string ana_;
};

constexpr const char* answer_yes = R"({"answer":"yes"})";
constexpr const char* done = R"({"done":true})";

// covers: GET /c/{token} works
TEST_F(CrewSite, a_magic_link_leads_to_the_page_and_uses_nothing_up) {
  const std::string link = magic_path(jada(), charter_, "ana");
  const int before = commits();
  for (const Method method : {Method::head, get, Method::head, get}) {
    const Response opened = ask(jada().crew(method, link));
    EXPECT_EQ(opened.status, 303);
    EXPECT_EQ(header_of(opened, "Location"), path());
    const std::string cookie = header_of(opened, "Set-Cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-crew="));
    for (const char* attribute : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"})
      EXPECT_TRUE(has(cookie, attribute)) << cookie;
    EXPECT_FALSE(has(cookie, "Domain")) << "a __Host- cookie has none";
    EXPECT_EQ(header_of(opened, "Cache-Control"), "no-store");
    EXPECT_EQ(header_of(opened, "Referrer-Policy"), "no-referrer");
  }
  EXPECT_EQ(commits(), before);
  EXPECT_FALSE(has(ana_, link.substr(3))) << "the cookie is not the link's own token";
}

TEST_F(CrewSite, a_link_survives_a_scanner_that_changes_its_case) {
  std::string link = magic_path(jada(), charter_, "ana");
  std::transform(link.begin() + 3, link.end(), link.begin() + 3, [](char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  });
  EXPECT_EQ(ask(jada().crew(get, link)).status, 303);
}

TEST_F(CrewSite, one_cookie_holds_several_charters) {
  json::object later = example_booking();
  later["reference"] = "LATER";
  later["starts_at"] = "2027-05-31T16:30";
  const std::string second = book(jada(), later);
  run_jobs();
  const Response opened =
      ask(jada().crew(get, magic_path(jada(), second, "ana")).with("Cookie", "a=b; " + ana_));
  const std::string cookie = header_of(opened, "Set-Cookie");
  const std::string both = cookie.substr(0, cookie.find(';'));
  for (const std::string& id : {charter_, second})
    EXPECT_EQ(ask(jada().crew(get, "/charters/" + id).with("Cookie", both)).status, 200) << id;
}

// covers: GET /c/{token} refused bad_input
TEST_F(CrewSite, a_link_that_is_not_right_is_a_404_page) {
  const std::string right = magic_path(jada(), charter_, "ana");
  const std::string token = right.substr(3);
  std::string forged = token;
  forged.back() = forged.back() == 'a' ? 'b' : 'a';
  const std::string cookie_token = ana_.substr(ana_.find('=') + 1);
  for (const std::string& bad :
       {forged, token + "a", token.substr(1), std::string("x"), cookie_token, std::string("%00"),
        std::string(68, '='), std::string(5000, 'a')}) {
    const Response response = refused(jada().crew(get, "/c/" + bad));
    EXPECT_EQ(response.status, 404) << bad;
    EXPECT_EQ(header_of(response, "Set-Cookie"), "") << bad;
  }
  const Response page = refused(jada().crew(get, "/c/" + forged));
  EXPECT_EQ(header_of(page, "Content-Type"), "text/html; charset=utf-8");
}

// covers: GET /c/{token} stranger
TEST_F(CrewSite, a_link_opens_nothing_at_another_operator) {
  EXPECT_EQ(refused(tern().crew(get, magic_path(jada(), charter_, "ana"))).status, 404);
}

TEST_F(CrewSite, links_and_cookies_end_48_hours_after_the_trip) {
  const std::string link = magic_path(jada(), charter_, "ana");
  const base::Instant over = *base::parse_utc("2027-05-31T02:30:00Z") + std::chrono::hours(48);
  advance_to(over - std::chrono::seconds(1));
  EXPECT_EQ(ask(jada().crew(get, link)).status, 303);
  EXPECT_EQ(ask(page(ana_)).status, 200);
  advance_to(over);
  EXPECT_EQ(refused(jada().crew(get, link)).status, 404);
  EXPECT_EQ(refused(page(ana_)).status, 401);
  EXPECT_TRUE(is_problem(refused(sending("/answer", answer_yes)), 401, "wrong-credential"));
}

// covers: crew GET /charters/{id} works
TEST_F(CrewSite, the_page_shows_what_a_crew_member_needs) {
  const Response response = ask(page(ana_));
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header_of(response, "Cache-Control"), "no-store");
  EXPECT_TRUE(has(header_of(response, "Content-Security-Policy"), "default-src 'none'"));
  for (const char* shown : {"JADA", "Sunday, 30 May 2027", "Harbor Island, west dock", "Ana Reyes",
                            "Ben Okafor", "Guests bring their own food", "Life jackets counted",
                            "Lines and fenders", "Not answered yet."})
    EXPECT_TRUE(has(response.body, shown)) << shown;
  for (const char* hidden :
       {"Whitfield", "dana@guest", "+1619", "840", "289.41", "50.00", "Paid through", "XHQGMDH"})
    EXPECT_FALSE(has(response.body, hidden)) << hidden;
}

struct Call {
  Method method;
  const char* below;
  const char* body;
};
constexpr Call calls[] = {
    {get, "", ""}, {post, "/answer", answer_yes}, {post, "/checklist/d1", done}};

// covers: crew GET /charters/{id} refused
// covers: POST /charters/{id}/answer refused
// covers: POST /charters/{id}/checklist/{item} refused
TEST_F(CrewSite, tells_a_missing_cookie_from_a_wrong_one) {
  std::string forged = ana_;
  forged.back() = forged.back() == 'a' ? 'b' : 'a';
  const std::string link_token = "__Host-crew=" + magic_path(jada(), charter_, "ana").substr(3);
  for (const Call& call : calls) {
    const Ask bare = jada().crew(call.method, path(call.below), call.body);
    EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential"));
    EXPECT_TRUE(is_problem(refused(bare.with("Cookie", "crew=x")), 401, "missing-credential"));
    for (const std::string& wrong :
         {forged, link_token, std::string("__Host-crew="), "__Host-crew=" + std::string(6000, '.')})
      EXPECT_TRUE(is_problem(refused(bare.with("Cookie", wrong)), 401, "wrong-credential"))
          << call.below << " " << wrong.substr(0, 80);
    const Response page = refused(bare.with("Accept", "text/html"));
    EXPECT_EQ(page.status, 401);
    EXPECT_EQ(header_of(page, "Content-Type"), "text/html; charset=utf-8");
  }
}

// covers: crew GET /charters/{id} stranger
// covers: POST /charters/{id}/answer stranger
// covers: POST /charters/{id}/checklist/{item} stranger
TEST_F(CrewSite, is_closed_to_a_stranger) {
  const std::string foreign = book_tern();
  run_jobs();
  const std::string rui = cookie_of(tern(), foreign, "rui");
  for (const Call& call : calls) {
    const Ask here = jada().crew(call.method, path(call.below), call.body).with("Cookie", rui);
    EXPECT_TRUE(is_problem(refused(here), 401, "wrong-credential")) << call.below;
    Ask there = here;
    there.host = tern().sites().crew;
    EXPECT_TRUE(is_problem(refused(there), 404, "not-found")) << call.below;
    // A dashboard token or service key is no cookie.
    EXPECT_TRUE(is_problem(refused(jada().service(call.method, path(call.below), call.body)), 401,
                           "missing-credential"));
  }
}

// covers: crew GET /charters/{id} bad_input
TEST_F(CrewSite, a_good_cookie_opens_its_own_charter_only) {
  const std::string other = book(jada(), small_booking("2027-06-20T10:00"));
  for (const std::string& id : {other, std::string("jada.none"), std::string("%00"),
                                std::string("%ff"), std::string(3000, 'c')}) {
    const Ask call = jada().crew(get, "/charters/" + id).with("Cookie", ana_);
    EXPECT_TRUE(is_problem(refused(call), 404, "not-found")) << id;
    const Response page = refused(call.with("Accept", "text/html"));
    EXPECT_EQ(page.status, 404);
    EXPECT_EQ(header_of(page, "Content-Type"), "text/html; charset=utf-8") << id;
  }
}

// covers: POST /charters/{id}/answer works
TEST_F(CrewSite, answers_are_taken_as_json_and_as_a_form) {
  const Response yes = ask(sending("/answer", answer_yes));
  EXPECT_EQ(yes.status, 200);
  EXPECT_EQ(yes.body, answer_yes);
  EXPECT_TRUE(page_shows("You said yes."));
  const Response no = ask(form("/answer", "answer=no"));
  EXPECT_EQ(no.status, 303);
  EXPECT_EQ(header_of(no, "Location"), path());
  EXPECT_TRUE(page_shows("You said no."));
  const int before = commits();
  EXPECT_EQ(ask(form("/answer", "answer=no")).status, 303);
  EXPECT_EQ(commits(), before) << "said twice, noted once";
  EXPECT_TRUE(has(ask(page(cookie_of(jada(), charter_, "ben"))).body, "Not answered yet."))
      << "nobody answers for another";
}

// covers: POST /charters/{id}/checklist/{item} works
TEST_F(CrewSite, ticks_are_taken_as_json_and_as_a_form) {
  const Response ticked = ask(sending("/checklist/d1", done));
  EXPECT_EQ(ticked.status, 200);
  EXPECT_EQ(ticked.body, R"({"item":"d1","done":true})");
  EXPECT_TRUE(page_shows("1 of 3"));
  EXPECT_TRUE(page_shows("Ana Reyes, 08:33"));
  const Response form_tick = ask(form("/checklist/r2", "done=true"));
  EXPECT_EQ(form_tick.status, 303);
  EXPECT_EQ(header_of(form_tick, "Location"), path());
  EXPECT_TRUE(page_shows("1 of 2"));
  EXPECT_EQ(ask(form("/checklist/d1", "done=false")).status, 303);
  EXPECT_TRUE(page_shows("0 of 3"));
  EXPECT_TRUE(has(ask(page(cookie_of(jada(), charter_, "ben"))).body, "1 of 2"))
      << "the list is the boat's";
}

// covers: POST /charters/{id}/answer bad_input
// covers: POST /charters/{id}/checklist/{item} bad_input
TEST_F(CrewSite, names_the_field_at_fault) {
  const struct {
    const char* below;
    const char* body;
    const char* field;
  } cases[] = {
      {"/answer", "{}", "answer"},
      {"/answer", R"({"answer":"maybe"})", "answer"},
      {"/answer", R"({"answer":"none"})", "answer"},
      {"/answer", R"({"answer":null})", "answer"},
      {"/answer", R"({"answer":1})", "answer"},
      {"/answer", R"({"answer":true})", "answer"},
      {"/answer", R"({"answer":"yes\u0000"})", "answer"},
      {"/answer", R"({"answer":"yes","member":"ben"})", "member"},
      {"/checklist/d1", "{}", "done"},
      {"/checklist/d1", R"({"done":"perhaps"})", "done"},
      {"/checklist/d1", R"({"done":1})", "done"},
      {"/checklist/d1", R"({"done":true,"by":"ben"})", "by"},
  };
  for (const auto& [below, body, field] : cases)
    EXPECT_TRUE(is_problem(refused(sending(below, body)), 422, "invalid-request", {field})) << body;

  const struct {
    const char* below;
    const char* body;
    const char* field;
  } forms[] = {
      {"/answer", "", "answer"},
      {"/answer", "answer=perhaps", "answer"},
      {"/answer", "answer=yes&answer=no", "answer"},
      {"/answer", "answer=yes&member=ben", "member"},
      {"/answer", "answer=%00", "answer"},
      {"/checklist/d1", "done=1", "done"},
      {"/checklist/d1", "done=true&item=d2", "item"},
  };
  for (const auto& [below, body, field] : forms)
    EXPECT_TRUE(is_problem(refused(form(below, body)), 422, "invalid-request", {field})) << body;

  for (const char* below : {"/answer", "/checklist/d1"}) {
    for (const char* body : {"", "{", "yes", "[true]", "{\"answer\":\"\xFF\"}"})
      EXPECT_TRUE(is_problem(refused(sending(below, body)), 400, "malformed-request", {"body"}));
    EXPECT_TRUE(is_problem(refused(form(below, "answer=%zz")), 400, "malformed-request", {"body"}));
    EXPECT_TRUE(is_problem(refused(sending(below, std::string(small_body_bytes_max + 1, ' '))), 413,
                           "body-too-large", {"body"}));
  }
  for (const char* item : {"d9", "d1x", "%00", "%zz", "d1%2f..", "-"})
    EXPECT_EQ(refused(sending(std::string("/checklist/") + item, done)).status, 404) << item;
}

TEST_F(CrewSite, a_late_tick_has_the_time_at_which_it_came) {
  ASSERT_TRUE(page_shows("Saved copy from"));
  advance_to(*base::parse_utc("2027-05-30T23:05:00Z"));
  ASSERT_EQ(ask(sending("/checklist/d1", done)).status, 200);
  EXPECT_TRUE(page_shows("Ana Reyes, 16:05"));
  const int before = commits();
  advance_to(*base::parse_utc("2027-05-30T23:20:00Z"));
  const Ask again = jada()
                        .crew(post, path("/checklist/d1"), done)
                        .with("Cookie", cookie_of(jada(), charter_, "ben"));
  EXPECT_EQ(ask(again).status, 200);
  EXPECT_EQ(commits(), before) << "who came second did not tick it";
  EXPECT_TRUE(page_shows("Ana Reyes, 16:05"));
  EXPECT_TRUE(page_shows("Saved copy from Sun 30 May 2027, 4:20 PM"));
}

// covers: GET /worker.js works
TEST_F(CrewSite, the_service_worker_is_asked_for_anew_each_time) {
  const Response worker = ask(jada().crew(get, "/worker.js"));
  EXPECT_EQ(worker.status, 200);
  EXPECT_EQ(header_of(worker, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header_of(worker, "Cache-Control"), "no-cache");
  EXPECT_EQ(worker.body,
            std::string(*base::asset("ticks.js")) + std::string(*base::asset("worker.js")));
  EXPECT_TRUE(has(header_of(ask(page(ana_)), "Content-Security-Policy"), "worker-src 'self';"));
  // What a copy is searched for, when it is shown as one.
  const std::string note = "<p class=\"saved\" hidden>";
  EXPECT_TRUE(has(worker.body, note));
  EXPECT_TRUE(page_shows(note));
}

// covers: GET /worker.js refused bad_input
TEST_F(CrewSite, the_service_worker_is_read_only_and_has_one_address) {
  for (const Method method : {post, Method::put, Method::patch, Method::del})
    EXPECT_TRUE(
        is_problem(refused(jada().crew(method, "/worker.js", "{}")), 405, "method-not-allowed"));
  for (const char* other : {"/worker.js/", "/worker.jsx", "/Worker.js", "/worker", "//worker.js"})
    EXPECT_TRUE(is_problem(refused(jada().crew(get, other)), 404, "not-found")) << other;
}

// covers: GET /worker.js stranger
TEST_F(CrewSite, the_service_worker_says_nothing_of_an_operator) {
  const std::string here = ask(jada().crew(get, "/worker.js")).body;
  EXPECT_EQ(ask(tern().crew(get, "/worker.js")).body, here);
  EXPECT_EQ(ask(jada().crew(get, "/worker.js").with("Cookie", ana_)).body, here);
  EXPECT_EQ(refused(jada().guest("/worker.js")).status, 404) << "guests have none";
  EXPECT_EQ(refused(jada().owner(get, "/worker.js")).status, 404);
}

TEST_F(CrewSite, changes_come_from_its_own_pages_only) {
  const std::string own = "https://" + jada().sites().crew;
  const struct {
    const char* header;
    std::string value;
    bool taken;
  } cases[] = {
      {"Origin", own, true},
      {"Origin", own + ":8443", true},
      {"Origin", "https://CREW.jada.localhost", true},
      {"Origin", "https://evil.example", false},
      {"Origin", "https://" + jada().sites().guest, false},
      {"Origin", "https://" + tern().sites().crew, false},
      {"Origin", own + ".evil.example", false},
      {"Origin", "null", false},
      {"Origin", "", false},
      {"Sec-Fetch-Site", "same-origin", true},
      {"Sec-Fetch-Site", "none", true},
      {"Sec-Fetch-Site", "same-site", false},
      {"Sec-Fetch-Site", "cross-site", false},
      {"Sec-Fetch-Site", "anything", false},
  };
  for (const auto& [header, value, taken] : cases)
    for (const Ask& change : {sending("/answer", answer_yes), form("/checklist/d2", "done=true")}) {
      const Ask call = change.with(header, value);
      if (taken)
        EXPECT_LT(ask(call).status, 400) << header << ": " << value;
      else
        EXPECT_TRUE(is_problem(refused(call), 403, "foreign-origin")) << header << ": " << value;
    }
  EXPECT_TRUE(is_problem(refused(sending("/answer", answer_yes)
                                     .with("Sec-Fetch-Site", "same-origin")
                                     .with("Origin", "https://evil.example")),
                         403, "foreign-origin"));
  EXPECT_EQ(ask(page(ana_).with("Sec-Fetch-Site", "cross-site")).status, 200)
      << "following a link from a mail is no change";
}

}  // namespace
}  // namespace web::testing
