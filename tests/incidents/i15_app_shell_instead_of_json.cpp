// I-15: an unknown address fell through to a single-page app: HTML came where JSON was expected.
// Here what is not there is 404, of the type that its asker reads.
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class AppShellInsteadOfJson : public WebTest {};

TEST_F(AppShellInsteadOfJson, unknown_addresses_are_404_of_the_right_type) {
  struct Case {
    std::string host;
    std::string path;
    std::string type;
  };
  const auto& sites = jada().sites();
  const std::string problem = "application/problem+json";
  const std::string html = "text/html; charset=utf-8";
  const std::vector<Case> cases = {
      {sites.ops, "/api/waiver", problem},
      {sites.ops, "/bookings/1", problem},
      {sites.ops, "/charters/x/pictures", problem},
      {sites.ops, "/g/a.html", problem},
      {sites.crew, "/api/waiver", problem},
      {sites.crew, "/events/x/y", problem},
      {sites.guest, "/g/nobody.html", html},
      {sites.guest, "/g/nobody.ics", "text/plain; charset=utf-8"},
      {sites.guest, "/waiver", html},
  };
  for (const Case& one : cases) {
    const Response response = ask({Method::get, one.host, one.path, {}, {}});
    EXPECT_EQ(response.status, 404) << one.host << one.path;
    EXPECT_EQ(header_of(response, "Content-Type"), one.type) << one.host << one.path;
  }
}

}  // namespace incidents
