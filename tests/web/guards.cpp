// Wrong credentials are counted by client address: ten a minute, then 429; what is right passes.
#include "web/guards.h"

#include "tests/web/web_fixture.h"

namespace web::testing {

namespace {

constexpr auto get = Method::get;

class WrongCredentials : public WebTest {
 protected:
  // Asks so often, from one address; the statuses met, in order, each with its count.
  std::vector<std::pair<int, int>> flood(Ask question, int count,
                                         const std::string& peer = "203.0.113.9") {
    question.peer = peer;
    std::vector<std::pair<int, int>> met;
    for (int i = 0; i < count; ++i) {
      const int status = refused(question).status;
      if (met.empty() || met.back().first != status) met.emplace_back(status, 0);
      ++met.back().second;
    }
    return met;
  }
  static Ask from(Ask question, const std::string& peer) {
    question.peer = peer;
    return question;
  }

  using Met = std::vector<std::pair<int, int>>;
};

}  // namespace

TEST_F(WrongCredentials, tokens_keys_feeds_and_links_are_counted) {
  const Ask wrong[] = {
      Ask{get, jada().sites().ops, "/charters", {}, {}}.with("X-Dashboard-Token", "jada.x.y"),
      Ask{get, jada().sites().crew, "/events", {}, {}}.with("X-Service-Key", tern().key),
      Ask{get, jada().sites().ops, "/calendar.ics?key=nokey", {}, {}},
      jada().crew(get, "/charters/jada.x").with("Cookie", "__Host-crew=" + std::string(68, 'a'))};
  int peer = 1;
  for (const Ask& question : wrong)
    EXPECT_EQ(flood(question, 13, "192.0.2." + std::to_string(peer++)), (Met{{401, 10}, {429, 3}}))
        << question.target;
  EXPECT_EQ(flood(jada().crew(get, "/c/" + std::string(68, 'a')), 13), (Met{{404, 10}, {429, 3}}));
}

TEST_F(WrongCredentials, missing_ones_are_not) {
  EXPECT_EQ(flood({get, jada().sites().ops, "/charters", {}, {}}, 15), (Met{{401, 15}}));
  EXPECT_EQ(flood({get, jada().sites().crew, "/events", {}, {}}, 15), (Met{{401, 15}}));
}

TEST_F(WrongCredentials, who_waits_is_told_for_how_long) {
  const Ask wrong = from(jada().owner(get, "/charters").with("X-Dashboard-Token", ""), "192.0.2.1");
  Ask bad = wrong;
  bad.headers = {{"X-Dashboard-Token", "jada.x.y"}};
  flood(bad, 10, bad.peer);
  clock().advance(std::chrono::seconds(18));
  const Response response = refused(bad);
  EXPECT_TRUE(is_problem(response, 429, app::too_many_tries));
  EXPECT_EQ(header_of(response, "Retry-After"), "42");
  clock().advance(std::chrono::seconds(42));
  EXPECT_TRUE(is_problem(refused(bad), 401, "wrong-credential"));
}

TEST_F(WrongCredentials, the_owner_behind_the_same_address_passes) {
  const std::string office = "192.0.2.1";
  ASSERT_EQ(ask(from(jada().service(get, "/events"), office)).status, 200);
  flood(Ask{get, jada().sites().crew, "/events", {}, {}}.with("X-Service-Key", "jada.x.y"), 12,
        office);
  EXPECT_EQ(ask(from(jada().owner(get, "/charters"), office)).status, 200);
  EXPECT_EQ(ask(from(jada().service(get, "/events"), office)).status, 200) << "proved before";
  // bcrypt has not seen this one, and does no work for an address that has to wait.
  const auto checks = router().bcrypt_checks();
  EXPECT_EQ(ask(from(tern().service(get, "/events"), office)).status, 429);
  EXPECT_EQ(router().bcrypt_checks(), checks);
  EXPECT_EQ(ask(from(tern().service(get, "/events"), "192.0.2.2")).status, 200);
}

TEST_F(WrongCredentials, crew_see_the_same_page_while_they_wait) {
  const Ask old = jada()
                      .crew(get, "/charters/jada.x")
                      .with("Cookie", "__Host-crew=" + std::string(68, 'a'))
                      .with("Accept", "text/html");
  const Response first = refused(from(old, "192.0.2.1"));
  flood(old, 10, "192.0.2.1");
  const Response later = refused(from(old, "192.0.2.1"));
  EXPECT_EQ(later.status, 429);
  EXPECT_EQ(later.body, first.body);
  EXPECT_EQ(header_of(later, "Retry-After"), "60");
}

}  // namespace web::testing
