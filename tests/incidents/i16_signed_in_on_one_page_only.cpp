// I-16: a cookie without Path=/ was lost between two pages. Here a link that lands deep sets a
// cookie for the whole site, and every page and form of the trip takes it.
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class SignedInOnOnePageOnly : public WebTest {};

TEST_F(SignedInOnOnePageOnly, the_cookie_is_for_every_path_and_for_nobody_else) {
  const std::string trip = book_example();
  run_jobs();
  const Response opened = ask(jada().crew(Method::get, magic_path(jada(), trip, "ana")));
  const std::string cookie = header_of(opened, "Set-Cookie");
  EXPECT_TRUE(cookie.starts_with("__Host-")) << cookie;
  for (const char* attribute : {"; Path=/;", "; Secure", "; HttpOnly", "; SameSite="})
    EXPECT_TRUE(has(cookie, attribute)) << cookie;
  EXPECT_FALSE(has(cookie, "Domain=")) << cookie;
}

TEST_F(SignedInOnOnePageOnly, who_came_by_the_link_is_known_on_each_page) {
  const std::string trip = book_example();
  run_jobs();
  const std::string cookie = cookie_of(jada(), trip, "ana");
  const std::string page = "/charters/" + trip;
  const std::string form = "application/x-www-form-urlencoded";
  EXPECT_EQ(ask(jada().crew(Method::get, page).with("Cookie", cookie)).status, 200);
  const std::vector<std::pair<std::string, std::string>> forms = {
      {"/answer", "answer=yes"}, {"/checklist/d1", "done=true"}, {"/checklist/r1", "done=true"}};
  for (const auto& [path, body] : forms)
    EXPECT_EQ(ask(jada()
                      .crew(Method::post, page + path, body)
                      .with("Cookie", cookie)
                      .with("Content-Type", form))
                  .status,
              303)
        << path;
}

}  // namespace incidents
