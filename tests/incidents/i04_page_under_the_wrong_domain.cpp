// I-04: a guest page was first put under another brand's domain, because somebody chose where it
// went. Here the site follows from the charter's operator, and no other host knows the page.
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class PageUnderTheWrongDomain : public WebTest {};

TEST_F(PageUnderTheWrongDomain, one_operators_names_are_404_on_anothers_host) {
  book_example();
  run_jobs();
  for (const std::string path :
       {"/g/boatsetter-may-30.html", "/g/boatsetter-may-30.ics", "/g/XHQGMDH.html"}) {
    EXPECT_LT(ask(jada().guest(path)).status, 400) << path;
    const Response foreign = ask(tern().guest(path));
    EXPECT_EQ(foreign.status, 404) << path;
    EXPECT_FALSE(has(foreign.body, "JADA")) << path;
  }
}

TEST_F(PageUnderTheWrongDomain, nor_is_it_on_the_operators_other_sites) {
  book_example();
  for (const std::string& host : {jada().sites().ops, jada().sites().crew})
    EXPECT_EQ(ask({Method::get, host, "/g/boatsetter-may-30.html", {}, {}}).status, 404) << host;
}

}  // namespace incidents
