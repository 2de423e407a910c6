// The guest site: pages, calendar files, redirects, and the one cache in front of them.
#include "base/assets.h"

#include "app/asset_links.h"

#include "tests/base/ical_reader.h"
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

class GuestSite : public WebTest {
 protected:
  static constexpr const char* page_path = "/g/boatsetter-may-30.html";
  static constexpr const char* file_path = "/g/boatsetter-may-30.ics";
  static inline const base::Instant trip_ends = *base::parse_utc("2027-05-31T02:30:00Z");

  Response open(const std::string& target) { return ask(jada().guest(target)); }
};

// covers: GET /g/{name} works
TEST_F(GuestSite, a_page_shows_what_may_be_forwarded) {
  book_example();
  const Response page = open(page_path);
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(header_of(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_TRUE(has(header_of(page, "X-Robots-Tag"), "noindex"));
  EXPECT_TRUE(has(header_of(page, "Content-Security-Policy"), "default-src 'none'"));
  EXPECT_TRUE(has(header_of(page, "Cache-Control"), "must-revalidate"));
  EXPECT_FALSE(header_of(page, "ETag").empty());
  EXPECT_LE(page.body.size(), 20'480U);
  for (const char* shown :
       {"Dana", "JADA", "Harbor Island, west dock", "Sunday, 30 May 2027", "PDT", "3 hours",
        "Soft-soled shoes", "The gate opens 20 minutes", "noindex", file_path})
    EXPECT_TRUE(has(page.body, shown)) << shown;
  for (const char* hidden : {"Whitfield", "dana@guest", "6195550100", "840", "XHQGMDH",
                             "Paid through", "#k=", "Guests bring"})
    EXPECT_FALSE(has(page.body, hidden)) << hidden;
}

TEST_F(GuestSite, a_calendar_file_is_what_a_calendar_reads) {
  book_example();
  const Response file = open(file_path);
  ASSERT_EQ(file.status, 200);
  EXPECT_EQ(header_of(file, "Content-Type"), "text/calendar; charset=utf-8");
  EXPECT_TRUE(has(header_of(file, "Content-Disposition"), "boatsetter-may-30.ics"));
  const auto read = base::testing::read_calendar(file.body);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->errors, 0) << read->text;
  ASSERT_EQ(read->events.size(), 1U);
  EXPECT_EQ(base::format_utc(read->events[0].starts), "2027-05-30T23:30:00Z");
  EXPECT_EQ(read->events[0].url, "https://guest.jada.localhost/g/boatsetter-may-30.html");
}

// covers: GET /g/{name}/ works
TEST_F(GuestSite, other_names_lead_to_the_page) {
  book_example();
  const std::pair<const char*, const char*> moves[] = {
      {"/g/boatsetter-may-30", page_path}, {"/g/boatsetter-may-30/", page_path},
      {"/g/XHQGMDH.html", page_path},      {"/g/XHQGMDH.ics", file_path},
      {"/g/XHQGMDH", "/g/XHQGMDH.html"},   {"/g/XHQGMDH/", "/g/XHQGMDH.html"},
  };
  for (const auto& [from, to] : moves) {
    const Response response = open(from);
    EXPECT_EQ(response.status, 308) << from;
    EXPECT_EQ(header_of(response, "Location"), to) << from;
  }
}

// covers: GET /g/{name} refused bad_input
// covers: GET /g/{name}/ refused bad_input
TEST_F(GuestSite, anything_else_is_404_of_the_right_type) {
  book_example();
  const std::string html = "text/html; charset=utf-8";
  const std::string text = "text/plain; charset=utf-8";
  const std::string json = "application/problem+json";
  const std::pair<std::string, std::string> cases[] = {
      {"/g/boatsetter-may-31.html", html},
      {"/g/boatsetter-may-31.ics", text},
      {"/g/BOATSETTER-MAY-30.html", html},
      {"/g/boatsetter-may-30.html/", html},
      {"/g/boatsetter-may-30.HTML", html},
      {"/g/boatsetter-may-30%2ehtml", html},
      {"/g/boatsetter-may-30.json", json},
      {"/g/boatsetter-may-30.txt", html},
      {"/g/" + std::string(81, 'a') + ".html", html},
      {"/g/" + std::string(5000, 'a') + "/", html},
      {"/g/a/b.html", html},
      {"/g/a/b.ics", text},
      {"/g/../charters", html},
      {"/g/%2e%2e%2fcharters", html},
      {"/g/%00.html", html},
      {"/g/%00.ics", text},
      {"/g/%zz.html", html},
      {"/g/%zz/", html},
      {"/g/..%2f/", html},
      {"/g/a b/", html},
      {"/g//", html},
      {"/g/", html},
      {"/g", html},
      {"/", html},
      {"/favicon.ico", html},
  };
  for (const auto& [target, type] : cases) {
    const Response response = refused(jada().guest(target));
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_EQ(header_of(response, "Content-Type"), type) << target;
  }
}

// A slash at the end promises nothing: what it leads to is decided where it leads.
TEST_F(GuestSite, an_unknown_name_with_a_slash_ends_in_404) {
  const Response moved = open("/g/nothing-may-30/");
  ASSERT_EQ(moved.status, 308);
  EXPECT_EQ(refused(jada().guest(header_of(moved, "Location"))).status, 404);
}

// covers: GET /g/{name} stranger
// covers: GET /g/{name}/ stranger
TEST_F(GuestSite, a_page_is_not_there_at_another_operator) {
  book_example();
  ASSERT_EQ(open(page_path).status, 200);
  const Response unknown = refused(tern().guest("/g/nothing-may-30.html"));
  for (const std::string& target : {std::string(page_path), std::string("/g/XHQGMDH.html")}) {
    const Response foreign = refused(tern().guest(target));
    EXPECT_EQ(foreign.status, 404);
    EXPECT_EQ(foreign.body, unknown.body) << "nothing tells that it exists elsewhere";
  }
  EXPECT_EQ(ready(tern().guest(page_path)), nullptr);
  // The address with a slash says the same for every name, there or not.
  EXPECT_EQ(header_of(ask(tern().guest("/g/boatsetter-may-30/")), "Location"), page_path);
  EXPECT_EQ(header_of(open("/g/boatsetter-may-30/"), "Location"), page_path);
  Ask elsewhere = jada().guest(page_path);
  for (const std::string& host : {jada().sites().ops, jada().sites().crew}) {
    elsewhere.host = host;
    EXPECT_TRUE(is_problem(refused(elsewhere), 404, "not-found")) << host;
  }
}

TEST_F(GuestSite, a_page_is_gone_14_days_after_the_trip) {
  book_example();
  const base::Instant gone = trip_ends + std::chrono::hours(14 * 24);
  advance_to(gone - std::chrono::seconds(1));
  for (const char* path : {page_path, file_path}) {
    EXPECT_EQ(open(path).status, 200);
    EXPECT_NE(ready(jada().guest(path)), nullptr);
  }
  advance_to(gone);
  for (const char* path : {page_path, file_path, "/g/XHQGMDH.html"}) {
    EXPECT_EQ(ready(jada().guest(path)), nullptr) << path;
    EXPECT_EQ(refused(jada().guest(path)).status, 404) << path;
  }
}

TEST_F(GuestSite, a_page_is_ready_after_its_first_reader) {
  book_example();
  EXPECT_EQ(ready(jada().guest(page_path)), nullptr);
  const Response page = open(page_path);
  const auto kept = ready(jada().guest(page_path));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->etag, header_of(page, "ETag"));
  EXPECT_TRUE(kept->full.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(kept->full.ends_with("\r\n\r\n" + page.body));
  const std::string length = "Content-Length: " + std::to_string(page.body.size()) + "\r\n";
  EXPECT_TRUE(has(kept->full, length));
  EXPECT_TRUE(has(kept->head, length));
  EXPECT_TRUE(kept->head.ends_with("\r\n\r\n")) << "HEAD has no body";
  EXPECT_TRUE(kept->not_modified.starts_with("HTTP/1.1 304 "));
  EXPECT_TRUE(has(kept->not_modified, "ETag: " + kept->etag + "\r\n"));
  EXPECT_TRUE(kept->not_modified.ends_with("\r\n\r\n"));
  EXPECT_TRUE(has(kept->full, "Date: Sat, 22 May 2027 15:33:20 GMT\r\n"));
  clock().advance(std::chrono::seconds(5));
  EXPECT_TRUE(has(ready(jada().guest(page_path))->full, "15:33:25 GMT\r\n"));
}

TEST_F(GuestSite, refusals_and_redirects_are_not_kept) {
  book_example();
  for (const char* path : {"/g/XHQGMDH.html", "/g/boatsetter-may-30/", "/g/nothing.html"}) {
    open(path);
    EXPECT_EQ(ready(jada().guest(path)), nullptr) << path;
  }
}

TEST_F(GuestSite, a_page_is_right_as_soon_as_the_commit_returned) {
  book_example();
  const Response before = open(page_path);
  ASSERT_TRUE(ready(jada().guest(page_path)));
  app::TenantFile file = jada_file();
  file.tenant.vessels[0].arrival_note = "Meet at the blue gate.";
  apply(file);
  EXPECT_EQ(ready(jada().guest(page_path)), nullptr) << "yesterday's page is out of memory";
  const Response after = open(page_path);
  EXPECT_TRUE(has(after.body, "Meet at the blue gate."));
  EXPECT_NE(header_of(after, "ETag"), header_of(before, "ETag"));
}

TEST_F(GuestSite, crew_put_on_the_trip_leaves_the_page_as_it_was) {
  json::object booking = example_booking();
  booking.erase("crew");
  const std::string id = book(jada(), booking);
  const std::string etag = header_of(open(page_path), "ETag");
  const std::string body =
      R"({"charter":")" + id + R"(","crew":[{"member":"ana","role":"captain"}]})";
  ASSERT_EQ(ask(jada().service(Method::post, "/events", body)).status, 201);
  EXPECT_EQ(ready(jada().guest(page_path)), nullptr);
  EXPECT_EQ(header_of(open(page_path), "ETag"), etag);
}

TEST_F(GuestSite, a_direct_event_has_no_page) {
  const Response made =
      ask(jada().service(Method::post, "/events",
                         R"({"vessel":"jada","title":"Tour","starts_at":"2027-06-10T16:30",)"
                         R"("ends_at":"2027-06-10T19:30"})"));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(refused(jada().guest("/g/direct-jun-10.html")).status, 404);
}

// covers: crew GET /assets/{name} works
// covers: guest GET /assets/{name} works
TEST_F(GuestSite, assets_may_be_kept_for_ever) {
  for (const std::string& host : {jada().sites().guest, jada().sites().crew})
    for (const auto& [name, type] : {std::pair("style.css", "text/css; charset=utf-8"),
                                     std::pair("crew.js", "text/javascript; charset=utf-8"),
                                     std::pair("icon.svg", "image/svg+xml")}) {
      const Response asset = ask({Method::get, host, app::asset_href(name), {}, {}});
      EXPECT_EQ(asset.status, 200) << name;
      EXPECT_EQ(header_of(asset, "Content-Type"), type);
      EXPECT_EQ(header_of(asset, "Cache-Control"), "public, max-age=31536000, immutable");
      EXPECT_EQ(asset.body, *base::asset(name));
    }
}

// covers: crew GET /assets/{name} refused bad_input
// covers: guest GET /assets/{name} refused bad_input
TEST_F(GuestSite, nothing_but_assets_is_served_as_one) {
  for (const std::string& host : {jada().sites().guest, jada().sites().crew})
    for (const std::string& name :
         {std::string("style.css"), std::string("style.000000000000.css"), std::string("en.txt"),
          std::string("missing"), std::string("..%2fwords%2fen.txt"), std::string("%2e%2e"),
          std::string("%00"), std::string("%zz"), std::string(5000, 'a')})
      EXPECT_EQ(refused({Method::get, host, "/assets/" + name, {}, {}}).status, 404) << name;
}

// covers: crew GET /assets/{name} stranger
// covers: guest GET /assets/{name} stranger
TEST_F(GuestSite, assets_say_nothing_of_an_operator) {
  const std::string href = app::asset_href("style.css");
  const Response here = open(href);
  for (const std::string& host : {jada().sites().crew, tern().sites().guest, tern().sites().crew}) {
    const Ask call{Method::get, host, href, {}, {}};
    EXPECT_EQ(ask(call).body, here.body);
    // A credential changes nothing, be it a stranger's.
    EXPECT_EQ(ask(call.with("X-Service-Key", tern().key)).body, here.body);
  }
  EXPECT_TRUE(
      is_problem(refused({Method::get, "nobody.localhost", href, {}, {}}), 421, "unknown-host"));
}

}  // namespace
}  // namespace web::testing
